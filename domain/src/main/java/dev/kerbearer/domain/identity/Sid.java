package dev.kerbearer.domain.identity;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A security identifier of Windows: {@code S-1-5-21-1004336348-1177238915-682003330-512}. The last number names a user
 * or group within the domain that those before it name, and is never given to another.
 *
 * @param text as Windows writes it
 */
public record Sid(String text) {

    private static final String REVISION_1 = "S-1-";
    private static final int LONGEST_AUTHORITY = 15;
    private static final int LONGEST_SUB_AUTHORITY = 10;
    private static final int MOST_SUB_AUTHORITIES = 15;

    /**
     * @throws IllegalArgumentException where the text is no such identifier
     */
    public Sid {
        if (!isWritten(text)) {
            throw new IllegalArgumentException(text + " is no security identifier, as in S-1-5-32-544");
        }
    }

    /** A ticket has hundreds of them, so no regular expression. */
    private static boolean isWritten(String text) {
        if (!text.startsWith(REVISION_1)) {
            return false;
        }
        int numbers = 0;
        int digits = 0;
        for (int i = REVISION_1.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '-' && isNumber(numbers, digits)) {
                numbers++;
                digits = 0;
            } else {
                return false;
            }
        }
        return isNumber(numbers, digits) && numbers >= 1 && numbers <= MOST_SUB_AUTHORITIES;
    }

    private static boolean isNumber(int before, int digits) {
        return digits > 0 && digits <= (before == 0 ? LONGEST_AUTHORITY : LONGEST_SUB_AUTHORITY);
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
        return text.startsWith(domain.text) && text.lastIndexOf('-') == domain.text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
