package dev.kerbearer.bootstrap;

import dev.kerbearer.bootstrap.SeenSecrets.Needle;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for secrets in what a node wrote: for those that the tests have {@linkplain SeenSecrets seen}, for whatever has
 * the digest of a token, and for whatever looks like credentials, whoever sent them.
 */
final class LeakSearch {

    private static final int KEY_LENGTH = 8;
    private static final int FILTER_BITS = 22;

    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])");
    private static final Pattern CREDENTIALS =
            Pattern.compile("(?i)(?:negotiate|bearer|basic|ntlm) [A-Za-z0-9+/_-]{40}|YII[A-Za-z0-9+/]{80}"
                    + "|eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{40}");

    private final Map<Long, List<byte[]>> needles = new HashMap<>();
    private final boolean[] filter = new boolean[1 << FILTER_BITS];
    private final Set<String> digests;

    /**
     * @param needles what to find
     * @param digests of tokens, as SHA-256 in hex
     */
    LeakSearch(Set<Needle> needles, Set<String> digests) {
        this.digests = digests;
        for (Needle needle : needles) {
            byte[] bytes = needle.bytes();
            long key = key(bytes, 0);
            this.needles.computeIfAbsent(key, any -> new ArrayList<>()).add(bytes);
            filter[slot(key)] = true;
        }
    }

    /** What was found, with its surroundings, the secret itself cut short. */
    List<String> in(byte[] text) {
        List<String> found = new ArrayList<>();
        for (int at = 0; at + KEY_LENGTH <= text.length; at++) {
            long key = key(text, at);
            if (filter[slot(key)] && isNeedle(text, at, key)) {
                found.add(surroundings(text, at));
            }
        }
        String readable = new String(text, StandardCharsets.ISO_8859_1);
        Matcher credentials = CREDENTIALS.matcher(readable);
        while (credentials.find()) {
            found.add(surroundings(text, credentials.start()));
        }
        Matcher tokens = TOKEN.matcher(readable);
        while (!digests.isEmpty() && tokens.find()) {
            if (digests.contains(sha256(tokens.group()))) {
                found.add(surroundings(text, tokens.start()));
            }
        }
        return found;
    }

    private boolean isNeedle(byte[] text, int at, long key) {
        return needles.getOrDefault(key, List.of()).stream()
                .anyMatch(needle -> at + needle.length <= text.length
                        && Arrays.equals(needle, 0, needle.length, text, at, at + needle.length));
    }

    private static String surroundings(byte[] text, int at) {
        int from = Math.max(0, at - 200);
        int to = Math.min(text.length, at + KEY_LENGTH);
        String before = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        return before.substring(before.lastIndexOf('\n', before.length() - KEY_LENGTH - 1) + 1) + "...";
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

    private static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
