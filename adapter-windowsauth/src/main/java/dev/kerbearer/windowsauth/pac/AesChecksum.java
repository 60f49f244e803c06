package dev.kerbearer.windowsauth.pac;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The checksum hmac-sha1-96 with a key that is derived from an AES key (RFC 3962 section 6, RFC 3961 section 5.3). The
 * JDK has it too, but shows it to nobody.
 */
final class AesChecksum {

    /** Its length in bytes. */
    static final int LENGTH = 12;

    /** RFC 3961 section 5.3: what is derived is a key for checksums. */
    private static final byte FOR_CHECKSUMS = (byte) 0x99;

    private static final int BLOCK = 16;

    private AesChecksum() {}

    /**
     * The checksum.
     *
     * @param usage what it is for (RFC 4120 section 7.5.1)
     */
    static byte[] of(byte[] message, byte[] key, int usage) throws GeneralSecurityException {
        Mac hmac = Mac.getInstance("HmacSHA1");
        hmac.init(new SecretKeySpec(derived(key, usage), "HmacSHA1"));
        return Arrays.copyOf(hmac.doFinal(message), LENGTH);
    }

    /** As many blocks as make a key, each the encryption of the one before. One block without a chain is ECB. */
    private static byte[] derived(byte[] key, int usage) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        byte[] constant =
                ByteBuffer.allocate(5).putInt(usage).put(FOR_CHECKSUMS).array();
        byte[] block = folded(constant);
        ByteBuffer derived = ByteBuffer.allocate(key.length);
        while (derived.hasRemaining()) {
            block = aes.doFinal(block);
            derived.put(block, 0, Math.min(block.length, derived.remaining()));
        }
        return derived.array();
    }

    /**
     * The n-fold of RFC 3961 section 5.1, to a block: copies of the input, each turned right by 13 bits more than the one
     * before, until they fill whole blocks; and the blocks added up with their carry going round.
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

    /** The byte at that place of the copies. */
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
