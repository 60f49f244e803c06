package dev.kerbearer.domain.guessing;

import dev.kerbearer.domain.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An attempt to sign in with a password.
 *
 * @param name the claimed name, reduced to the part that tells accounts apart, because a directory may ignore case,
 *     marks or the domain
 * @param from the client that makes the attempt
 */
public record Attempt(String name, ClientAddress from) {

    /** The longest account name. Normalizing a longer text would take more time. */
    private static final int LONGEST_NAME = 256;

    private static final int LONGEST_NAME_IN_LOG = 100;

    private static final Pattern MARKS_AND_UNSEEN = Pattern.compile("[\\p{M}\\p{C}]+");

    /** Reduces the name to the part that tells accounts apart. */
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

    /** Returns the name, cut to a length that suits a log. */
    public String nameForLog() {
        return cut(name, LONGEST_NAME_IN_LOG);
    }

    /** Returns the key for failures of this name, from anywhere. */
    public Sha256 ofName() {
        return subject("name", name);
    }

    /** Returns the key for failures of this name from this address. */
    public Sha256 ofNameFromThere() {
        return subject("name and address", name + "\0" + from);
    }

    /** Returns the key for failures from this address. */
    public Sha256 ofAddress() {
        return subject("address", from.value());
    }

    /** Returns a digest, so that a password typed into the name field is not stored. */
    private static Sha256 subject(String kind, String which) {
        return Sha256.of((kind + "\0" + which).getBytes(StandardCharsets.UTF_8));
    }
}
