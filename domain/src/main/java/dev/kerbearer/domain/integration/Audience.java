package dev.kerbearer.domain.integration;

/**
 * Whom a JWT is meant for (RFC 7519 section 4.1.3).
 *
 * @param value 1 to 512 printable ASCII characters without spaces
 */
public record Audience(String value) {

    /** The longest, in characters. */
    public static final int MAX_LENGTH = 512;

    /**
     * @throws IllegalArgumentException where the value is not of that form
     */
    public Audience {
        if (!value.matches("[\\x21-\\x7e]{1," + MAX_LENGTH + "}")) {
            throw new IllegalArgumentException(
                    "an audience has 1 to " + MAX_LENGTH + " printable ASCII characters and no space");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
