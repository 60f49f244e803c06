package dev.kerbearer.domain.key;

/**
 * The id of a signing key in the header of a token ({@code kid}, RFC 7515 section 4.1.4).
 *
 * @param value 43 characters of base64url: the SHA-256 of the public key
 */
public record SigningKeyId(String value) {

    /**
     * @throws IllegalArgumentException if the value does not have that form
     */
    public SigningKeyId {
        if (!value.matches("[A-Za-z0-9_-]{43}")) {
            throw new IllegalArgumentException("a signing key's id has 43 characters of base64url");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
