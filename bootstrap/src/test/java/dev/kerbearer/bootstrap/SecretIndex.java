package dev.kerbearer.bootstrap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** An index of secrets by their first bytes. It only grows, so every search can use it at once. */
final class SecretIndex {

    /** Number of bytes that are compared first. No secret is shorter. */
    static final int KEY_LENGTH = 8;

    private static final int FILTER_BITS = 22;

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Map<Long, Queue<byte[]>> byBeginning = new ConcurrentHashMap<>();
    private final AtomicIntegerArray filter = new AtomicIntegerArray(1 << (FILTER_BITS - 5));

    /** Adds a secret, or one encoding of it, with one byte per character. */
    void add(String latin1) {
        if (known.add(latin1)) {
            byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
            long key = key(bytes, 0);
            byBeginning
                    .computeIfAbsent(key, any -> new ConcurrentLinkedQueue<>())
                    .add(bytes);
            int slot = slot(key);
            filter.accumulateAndGet(slot >>> 5, 1 << slot, (bits, bit) -> bits | bit);
        }
    }

    int size() {
        return known.size();
    }

    /** Returns whether a secret is at that position. At least {@link #KEY_LENGTH} bytes must follow. */
    boolean isAt(byte[] text, int at) {
        long key = key(text, at);
        int slot = slot(key);
        if ((filter.get(slot >>> 5) & (1 << slot)) == 0) {
            return false;
        }
        Queue<byte[]> candidates = byBeginning.get(key);
        return candidates != null
                && candidates.stream()
                        .anyMatch(secret -> at + secret.length <= text.length
                                && Arrays.equals(secret, 0, secret.length, text, at, at + secret.length));
    }

    private static long key(byte[] text, int at) {
        long key = 0;
        for (int i = 0; i < KEY_LENGTH; i++) {
            key = (key << 8) | (text[at + i] & 0xff);
        }
        return key;
    }

    private static int slot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> (64 - FILTER_BITS));
    }
}
