package dev.kerbearer.windowsauth.pac;

import dev.kerbearer.windowsauth.encryption.DerivedKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The checksum hmac-sha1-96 with a key that is derived from an AES key (RFC 3962 section 6, RFC 3961 section 5.3). The
 * JDK has it too, but shows it to nobody.
 */
final class AesChecksum {

    /** Its length in bytes. */
    static final int LENGTH = 12;

    private AesChecksum() {}

    /**
     * The checksum.
     *
     * @param usage what it is for (RFC 4120 section 7.5.1)
     */
    static byte[] of(byte[] message, byte[] key, int usage) throws GeneralSecurityException {
        Mac hmac = Mac.getInstance("HmacSHA1");
        hmac.init(new SecretKeySpec(DerivedKey.of(key, usage, DerivedKey.Purpose.CHECKSUM), "HmacSHA1"));
        return Arrays.copyOf(hmac.doFinal(message), LENGTH);
    }
}
