package dev.kerbearer.windowsauth.ntlm.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** MD4 (RFC 1320), which NTLM needs and the JDK lacks. It is broken as a digest; nothing else may use it. */
final class Md4 {

    private static final int BLOCK = 64;
    private static final int[][] SHIFTS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
    private static final int[] ADDENDS = {0, 0x5a827999, 0x6ed9eba1};
    private static final int[][] ORDERS = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
        {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}
    };

    private final int[] state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

    private Md4() {}

    static byte[] of(byte[] message) {
        ByteBuffer padded = padded(message);
        Md4 digest = new Md4();
        int[] block = new int[BLOCK / Integer.BYTES];
        while (padded.hasRemaining()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = padded.getInt();
            }
            digest.take(block);
        }
        ByteBuffer result = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : digest.state) {
            result.putInt(word);
        }
        return result.array();
    }

    /** Sections 3.1 and 3.2: one bit, zeros, and the length in bits. */
    private static ByteBuffer padded(byte[] message) {
        int length = (message.length + 1 + Long.BYTES + BLOCK - 1) / BLOCK * BLOCK;
        ByteBuffer padded = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        padded.put(message).put((byte) 0x80);
        padded.putLong(length - Long.BYTES, 8L * message.length);
        return padded.rewind();
    }

    /** Section 3.4: three rounds of 16 steps. After each step the four words rotate. */
    private void take(int[] block) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        for (int round = 0; round < 3; round++) {
            for (int step = 0; step < 16; step++) {
                int mixed = a + mix(round, b, c, d) + block[ORDERS[round][step]] + ADDENDS[round];
                int next = Integer.rotateLeft(mixed, SHIFTS[round][step % 4]);
                a = d;
                d = c;
                c = b;
                b = next;
            }
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }

    private static int mix(int round, int x, int y, int z) {
        return switch (round) {
            case 0 -> (x & y) | (~x & z);
            case 1 -> (x & y) | (x & z) | (y & z);
            default -> x ^ y ^ z;
        };
    }
}
