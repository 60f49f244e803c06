package dev.kerbearer.domain.identity;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Windows security identifier: {@code S-1-5-21-1004336348-1177238915-682003330-512}. The last number names a user or
 * group of a domain, and the numbers before it name the domain. The last number is never reused.
 *
 * @param text the identifier as Windows writes it
 */
public record Sid(String text) {

    private static final String REVISION_1 = "S-1-";
    private static final int LONGEST_AUTHORITY = 15;
    private static final int LONGEST_SUB_AUTHORITY = 10;
    private static final int MOST_SUB_AUTHORITIES = 15;

    /**
     * @throws IllegalArgumentException if the text is not a security identifier
     */
    public Sid {
        if (!isWritten(text)) {
            throw new IllegalArgumentException(text + " is no security identifier, as in S-1-5-32-544");
        }
    }

    /** Checks the form without a regular expression, because a ticket has hundreds of identifiers. */
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
     * Builds an identifier from its parts.
     *
     * @param authority the authority that issues the identifiers; 5 is Windows NT
     * @param subAuthorities the sub-authorities, 32 bits each
     */
    public static Sid of(long authority, List<Long> subAuthorities) {
        return new Sid(Stream.concat(Stream.of(authority), subAuthorities.stream())
                .map(String::valueOf)
                .collect(Collectors.joining("-", "S-1-", "")));
    }

    /** Returns the user or group with this number in the domain that this identifier names. */
    public Sid child(long relative) {
        return new Sid(text + "-" + relative);
    }

    /** Returns whether this identifier is a user or group of the domain. */
    public boolean isOf(Sid domain) {
        return text.startsWith(domain.text) && text.lastIndexOf('-') == domain.text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
