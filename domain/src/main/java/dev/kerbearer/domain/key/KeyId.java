package dev.kerbearer.domain.key;

/**
 * What a server key is called in the database: its fingerprint, which tells nothing of the key.
 *
 * @param value 32 lower-case hexadecimal digits
 */
public record KeyId(String value) {

    /**
     * @throws IllegalArgumentException where the value is not of that form
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
