package dev.kerbearer.domain.integration;

/**
 * The client id of an API integration (RFC 6749 section 2.2). Case sensitive; never changes.
 *
 * @param value 1 to 128 characters, none of them a control character
 */
public record ClientId(String value) {

    /** The longest id, in characters. */
    public static final int MAX_LENGTH = 128;

    /**
     * @throws IllegalArgumentException if the value does not have that form
     */
    public ClientId {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("it must have 1 to " + MAX_LENGTH + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("it holds a control character");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
