package dev.kerbearer.windowsauth.pac;

import dev.kerbearer.windowsauth.encryption.AesEncryption;
import dev.kerbearer.windowsauth.encryption.Rc4Encryption;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A signature in a PAC ([MS-PAC] section 2.8): a keyed checksum of the whole PAC with the signatures set to zero. Its
 * type follows from the key that makes it.
 */
final class PacSignature {

    /** [MS-PAC] section 2.8.1: KERB_NON_KERB_CKSUM_SALT. */
    private static final int USAGE = 17;

    /**
     * The checksum types, with the encryption types of their keys and their lengths in bytes (RFC 3962, RFC 4757, RFC
     * 8009).
     */
    private static final Map<Integer, Kind> KINDS = Map.of(
            15, new Kind(17, 12),
            16, new Kind(18, 12),
            19, new Kind(19, 16),
            20, new Kind(20, 24),
            -138, new Kind(Rc4Encryption.NUMBER, 16));

    /** A read-only domain controller appends its number. */
    private static final int CONTROLLER = Short.BYTES;

    private final int type;
    private final byte[] value;

    private record Kind(int key, int length) {}

    private PacSignature(int type, byte[] value) {
        this.type = type;
        this.value = value;
    }

    static PacSignature read(ByteBuffer buffer) throws MalformedPac {
        int type = typeOf(buffer);
        Kind kind = KINDS.get(type);
        if (kind == null) {
            throw new MalformedPac(
                    "the service's signature of the PAC is of type " + type + ", which is not known here");
        }
        if (buffer.remaining() < kind.length()) {
            throw new MalformedPac("a signature of the PAC is cut off");
        }
        byte[] value = new byte[kind.length()];
        buffer.get(value);
        return new PacSignature(type, value);
    }

    /** Returns the length in bytes of a buffer's signature, of known or unknown type. */
    static int lengthIn(ByteBuffer buffer) throws MalformedPac {
        Kind kind = KINDS.get(typeOf(buffer));
        int length = buffer.remaining();
        if (kind == null) {
            return length % Integer.BYTES == CONTROLLER ? length - CONTROLLER : length;
        }
        if (length < kind.length()) {
            throw new MalformedPac("a signature of the PAC is cut off");
        }
        return kind.length();
    }

    private static int typeOf(ByteBuffer buffer) throws MalformedPac {
        if (buffer.remaining() < Integer.BYTES) {
            throw new MalformedPac("a signature of the PAC is cut off");
        }
        return buffer.getInt();
    }

    /**
     * Sets a signature in the PAC to zero. The number that a read-only domain controller appends is signed too, so it
     * stays.
     */
    static void blank(byte[] pac, int offset, int length) {
        Arrays.fill(pac, offset + Integer.BYTES, offset + Integer.BYTES + length, (byte) 0);
    }

    int length() {
        return value.length;
    }

    /** Returns whether that key signed that PAC. */
    boolean isOf(byte[] blanked, ServiceKey key) throws GeneralSecurityException {
        int fitting = Optional.ofNullable(KINDS.get(type)).map(Kind::key).orElse(0);
        return key.isOfType(fitting) && MessageDigest.isEqual(value, checksum(fitting, blanked, key.bytes()));
    }

    private static byte[] checksum(int keyType, byte[] message, byte[] key) throws GeneralSecurityException {
        Optional<AesEncryption> aes = AesEncryption.numbered(keyType);
        return aes.isPresent() ? aes.get().checksum(message, key, USAGE) : Rc4Encryption.checksum(message, key, USAGE);
    }
}
