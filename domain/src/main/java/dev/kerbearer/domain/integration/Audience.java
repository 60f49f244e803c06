package dev.kerbearer.domain.integration;

/**
 * The audience of a JWT (RFC 7519 section 4.1.3).
 *
 * @param value 1 to 512 printable ASCII characters without spaces
 */
public record Audience(String value) {

    /** The longest audience, in characters. */
    public static final int MAX_LENGTH = 512;

    /**
     * @throws IllegalArgumentException if the value does not have that form
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
