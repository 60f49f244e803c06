package dev.kerbearer.domain.guessing;

import dev.kerbearer.domain.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Somebody tries to sign in with a password.
 *
 * @param name whom he says he is, as far as it tells one account from another: a directory may take no notice of case,
 *     marks, or the domain
 * @param from where he is
 */
public record Attempt(String name, ClientAddress from) {

    /** No account's name is longer; what makes it normal takes ever more time for longer ones. */
    private static final int LONGEST_NAME = 256;

    private static final int LONGEST_NAME_IN_LOG = 100;

    private static final Pattern MARKS_AND_UNSEEN = Pattern.compile("[\\p{M}\\p{C}]+");

    /** Leaves of the name what tells accounts apart. */
    public Attempt {
        String plain = MARKS_AND_UNSEEN
                .matcher(Normalizer.normalize(cut(name, LONGEST_NAME), Normalizer.Form.NFKD))
                .replaceAll("");
        String withoutPrefix = plain.substring(plain.lastIndexOf('\\') + 1);
        int suffix = withoutPrefix.lastIndexOf('@');
        String account = suffix > 0 ? withoutPrefix.substring(0, suffix) : withoutPrefix;
        name = account.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).strip();
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }

    /** As much of the name as a log needs. */
    public String nameForLog() {
        return cut(name, LONGEST_NAME_IN_LOG);
    }

    /** What is counted of everybody who says that he is of that name. */
    public Sha256 ofName() {
        return subject("name", name);
    }

    /** What is counted of whoever says it there. */
    public Sha256 ofNameFromThere() {
        return subject("name and address", name + "\0" + from);
    }

    /** What is counted of whoever is there. */
    public Sha256 ofAddress() {
        return subject("address", from.value());
    }

    /** A digest: who mistakes the field of the name for that of the password is not written down. */
    private static Sha256 subject(String kind, String which) {
        return Sha256.of((kind + "\0" + which).getBytes(StandardCharsets.UTF_8));
    }
}
