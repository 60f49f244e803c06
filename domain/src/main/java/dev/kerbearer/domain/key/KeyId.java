package dev.kerbearer.domain.key;

/**
 * The id of a server key in the database: a fingerprint that reveals nothing about the key.
 *
 * @param value 32 lower-case hexadecimal digits
 */
public record KeyId(String value) {

    /**
     * @throws IllegalArgumentException if the value does not have that form
     */
    public KeyId {
        if (!value.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("a key id has 32 hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
