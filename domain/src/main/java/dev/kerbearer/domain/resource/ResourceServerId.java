package dev.kerbearer.domain.resource;

/**
 * The id that a resource server sends with its requests. Case sensitive.
 *
 * @param value 1 to 128 characters, none of them a control character
 */
public record ResourceServerId(String value) {

    /** The longest id, in characters. */
    public static final int MAX_LENGTH = 128;

    /**
     * @throws IllegalArgumentException if the value does not have that form
     */
    public ResourceServerId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "a resource server's id has 1 to " + MAX_LENGTH + " characters, and no control character");
        }
    }

    /** Returns whether a presented text can be an id at all. */
    public static boolean isWellFormed(String value) {
        return !value.isEmpty() && value.length() <= MAX_LENGTH && value.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return value;
    }
}
