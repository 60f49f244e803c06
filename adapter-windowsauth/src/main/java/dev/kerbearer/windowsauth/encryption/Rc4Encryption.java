package dev.kerbearer.windowsauth.encryption;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts the encryption type rc4-hmac (RFC 4757). Only tickets with an encryption type that the JDK accepts come here. The
 * JDK accepts this one only if an operator allows weak cryptography in {@code krb5.conf}.
 */
public final class Rc4Encryption {

    /** The number of the encryption type. */
    public static final int NUMBER = 23;

    private static final int CODE = 16;
    private static final int CONFOUNDER = 8;
    private static final byte[] SIGNATURE_KEY = "signaturekey\0".getBytes(StandardCharsets.US_ASCII);

    private Rc4Encryption() {}

    /**
     * Decrypts the bytes.
     *
     * @param usage the key usage (RFC 4120 section 7.5.1), one that RFC 4757 does not map to another
     * @return the plain bytes; empty if they were encrypted with another key, or were changed
     */
    public static Optional<byte[]> open(byte[] sealed, byte[] key, int usage) throws GeneralSecurityException {
        if (sealed.length < CODE + CONFOUNDER || key.length != CODE) {
            return Optional.empty();
        }
        byte[] code = Arrays.copyOf(sealed, CODE);
        byte[] ofUsage = hmac(key, littleEndian(usage));
        Cipher rc4 = Cipher.getInstance("ARCFOUR");
        rc4.init(Cipher.DECRYPT_MODE, new SecretKeySpec(hmac(ofUsage, code), "ARCFOUR"));
        byte[] plain = rc4.doFinal(sealed, CODE, sealed.length - CODE);
        return MessageDigest.isEqual(code, hmac(ofUsage, plain))
                ? Optional.of(Arrays.copyOfRange(plain, CONFOUNDER, plain.length))
                : Optional.empty();
    }

    /**
     * Computes the keyed checksum of this type (section 4).
     *
     * @param usage the key usage
     */
    public static byte[] checksum(byte[] message, byte[] key, int usage) throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(littleEndian(usage));
        return hmac(hmac(key, SIGNATURE_KEY), md5.digest(message));
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(key, "HmacMD5"));
        return mac.doFinal(message);
    }

    private static byte[] littleEndian(int number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }
}
