package dev.kerbearer.windowsauth.encryption;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Derives keys from an AES key, one for each usage and purpose (RFC 3961 section 5.3, RFC 3962). */
public final class DerivedKey {

    /** The purpose of a derived key. */
    public enum Purpose {
        /** Checksums of data that is not encrypted. */
        CHECKSUM(0x99),
        /** Encryption. */
        ENCRYPTION(0xaa),
        /** Checksums of data that is encrypted. */
        INTEGRITY(0x55);

        private final byte constant;

        Purpose(int constant) {
            this.constant = (byte) constant;
        }

        /** Returns the constant of a usage and purpose, from which the key is derived. */
        byte[] of(int usage) {
            return ByteBuffer.allocate(Integer.BYTES + 1)
                    .putInt(usage)
                    .put(constant)
                    .array();
        }
    }

    private static final int BLOCK = 16;

    /** A cache of folded constants. There are few, and each sign-in needs several. */
    private static final Map<ByteBuffer, byte[]> FOLDED = new ConcurrentHashMap<>();

    private DerivedKey() {}

    /**
     * Derives a key: encrypts block after block, each from the one before, until the key is full. One block without
     * chaining is ECB.
     *
     * @param usage the key usage (RFC 4120 section 7.5.1)
     */
    public static byte[] of(byte[] key, int usage, Purpose purpose) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        byte[] constant = purpose.of(usage);
        byte[] block = FOLDED.computeIfAbsent(ByteBuffer.wrap(constant), unfolded -> folded(constant));
        ByteBuffer derived = ByteBuffer.allocate(key.length);
        while (derived.hasRemaining()) {
            block = aes.doFinal(block);
            derived.put(block, 0, Math.min(block.length, derived.remaining()));
        }
        return derived.array();
    }

    /**
     * Folds the input to one block: the n-fold of RFC 3961 section 5.1. Copies of the input, each rotated right by 13
     * more bits than the one before, fill whole blocks. The blocks are added with end-around carry.
     */
    static byte[] folded(byte[] input) {
        int length = leastCommonMultiple(input.length, BLOCK);
        byte[] sum = new byte[BLOCK];
        for (int from = 0; from < length; from += BLOCK) {
            int carry = 0;
            for (int i = BLOCK - 1; i >= 0; i--) {
                int digit = Byte.toUnsignedInt(sum[i]) + turned(input, from + i) + carry;
                sum[i] = (byte) digit;
                carry = digit >>> 8;
            }
            for (int i = BLOCK - 1; carry > 0; i = (i + BLOCK - 1) % BLOCK) {
                int digit = Byte.toUnsignedInt(sum[i]) + carry;
                sum[i] = (byte) digit;
                carry = digit >>> 8;
            }
        }
        return sum;
    }

    /** Returns the byte at that position of the rotated copies. */
    private static int turned(byte[] input, int place) {
        int copy = place / input.length;
        int bits = input.length * 8;
        int firstBit = Math.floorMod(place % input.length * 8 - 13 * copy, bits);
        int value = 0;
        for (int i = 0; i < 8; i++) {
            int bit = (firstBit + i) % bits;
            value = value << 1 | (Byte.toUnsignedInt(input[bit / 8]) >>> (7 - bit % 8) & 1);
        }
        return value;
    }

    private static int leastCommonMultiple(int a, int b) {
        int multiple = a;
        while (multiple % b != 0) {
            multiple += a;
        }
        return multiple;
    }
}
