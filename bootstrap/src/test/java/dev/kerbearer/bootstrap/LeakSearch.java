package dev.kerbearer.bootstrap;

import static dev.kerbearer.bootstrap.SecretIndex.KEY_LENGTH;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Searches a node's output for secrets: those that the tests have {@linkplain SeenSecrets seen}, anything with the
 * digest of a token, and anything that looks like credentials.
 */
final class LeakSearch {

    /** The padding of every token. A token without it, or with it encoded for a form, must still be found. */
    private static final String PADDING = "==";

    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{46}(?![A-Za-z0-9_-])");
    private static final Pattern CREDENTIALS =
            Pattern.compile("(?i)(?:negotiate|bearer|basic|ntlm) [A-Za-z0-9+/_-]{40}|YII[A-Za-z0-9+/]{80}"
                    + "|eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{40}");

    private final SecretIndex secrets;
    private final Set<String> digests;

    /**
     * @param secrets what to find
     * @param digests of tokens, as SHA-256 in hex
     */
    LeakSearch(SecretIndex secrets, Set<String> digests) {
        this.secrets = secrets;
        this.digests = digests;
    }

    /** Returns the matches with the text before them. The secret itself is cut short. */
    List<String> in(byte[] text) {
        List<String> found = new ArrayList<>();
        for (int at = 0; at + KEY_LENGTH <= text.length; at++) {
            if (secrets.isAt(text, at)) {
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
            if (digests.contains(sha256(tokens.group() + PADDING))) {
                found.add(surroundings(text, tokens.start()));
            }
        }
        return found;
    }

    private static String surroundings(byte[] text, int at) {
        int from = Math.max(0, at - 200);
        int to = Math.min(text.length, at + KEY_LENGTH);
        String before = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        return before.substring(before.lastIndexOf('\n', before.length() - KEY_LENGTH - 1) + 1) + "...";
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
