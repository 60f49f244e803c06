package dev.kerbearer.domain.identity;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A security identifier of Windows: {@code S-1-5-21-1004336348-1177238915-682003330-512}. The last number names a user
 * or group within the domain that those before it name, and is never given to another.
 *
 * @param text as Windows writes it
 */
public record Sid(String text) {

    private static final Pattern WRITTEN = Pattern.compile("S-1-\\d{1,15}(-\\d{1,10}){1,15}");

    /**
     * @throws IllegalArgumentException where the text is no such identifier
     */
    public Sid {
        if (!WRITTEN.matcher(text).matches()) {
            throw new IllegalArgumentException(text + " is no security identifier, as in S-1-5-32-544");
        }
    }

    /**
     * The identifier of these parts.
     *
     * @param authority who gives such identifiers out; 5 is Windows NT
     * @param subAuthorities 32 bits each
     */
    public static Sid of(long authority, List<Long> subAuthorities) {
        return new Sid(Stream.concat(Stream.of(authority), subAuthorities.stream())
                .map(String::valueOf)
                .collect(Collectors.joining("-", "S-1-", "")));
    }

    /** The user or group of that number in the domain that this identifier names. */
    public Sid child(long relative) {
        return new Sid(text + "-" + relative);
    }

    /** Whether it is a user's or group's of that domain. */
    public boolean isOf(Sid domain) {
        return text.startsWith(domain.text + "-") && text.lastIndexOf('-') == domain.text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
