package dev.kerbearer.windowsauth.pac;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * A signature in a PAC ([MS-PAC] section 2.8): a keyed checksum of the whole of it, in which the signatures are zero. Only
 * those with AES keys are known here (RFC 3962); what RC4 signs is not believed.
 */
final class PacSignature {

    /** The checksum types and the encryption types of their keys. */
    private static final int HMAC_SHA1_96_AES128 = 15;

    private static final int HMAC_SHA1_96_AES256 = 16;
    private static final int AES128 = 17;
    private static final int AES256 = 18;

    /** [MS-PAC] section 2.8.1: KERB_NON_KERB_CKSUM_SALT. */
    private static final int USAGE = 17;

    private static final int LENGTH = AesChecksum.LENGTH;

    private final int type;
    private final byte[] value;

    private PacSignature(int type, byte[] value) {
        this.type = type;
        this.value = value;
    }

    static PacSignature read(ByteBuffer buffer) throws MalformedPac {
        if (buffer.remaining() < Integer.BYTES) {
            throw new MalformedPac("a signature of the PAC is cut off");
        }
        int type = buffer.getInt();
        if (!List.of(HMAC_SHA1_96_AES128, HMAC_SHA1_96_AES256).contains(type) || buffer.remaining() < LENGTH) {
            throw new MalformedPac("a signature of the PAC is of type " + type + ", which is not believed");
        }
        byte[] value = new byte[LENGTH];
        buffer.get(value);
        return new PacSignature(type, value);
    }

    /** Sets to zero what it takes up in the PAC; what a read-only domain controller adds after it is signed too. */
    void blank(byte[] pac, int offset) {
        Arrays.fill(pac, offset + Integer.BYTES, offset + Integer.BYTES + LENGTH, (byte) 0);
    }

    /** Whether that key has signed that PAC. */
    boolean isOf(byte[] blanked, ServiceKey key) throws GeneralSecurityException {
        int fitting = type == HMAC_SHA1_96_AES256 ? AES256 : AES128;
        return key.isOfType(fitting) && MessageDigest.isEqual(value, AesChecksum.of(blanked, key.bytes(), USAGE));
    }
}
