package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.secret.SecretSource;
import java.util.Arrays;
import java.util.Base64;

/**
 * The secret of a bearer token: 272 bits, written in padded base64url. That is 48 characters ending in {@code ==}, as
 * some clients expect. Printing, logging, comparing or serialising this object never shows the secret. Only
 * {@link #reveal()} shows it.
 */
public final class TokenSecret {

    /** The length in bytes. */
    public static final int LENGTH = 34;

    private final byte[] bytes;

    private TokenSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Creates a secret from these bytes, which are copied.
     *
     * @throws IllegalArgumentException if the length is not {@value #LENGTH}
     */
    public static TokenSecret of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a token secret has " + LENGTH + " bytes");
        }
        return new TokenSecret(Arrays.copyOf(bytes, LENGTH));
    }

    /** Draws a new random secret. */
    public static TokenSecret fresh(SecretSource random) {
        byte[] bytes = new byte[LENGTH];
        random.fill(bytes);
        return new TokenSecret(bytes);
    }

    /** Returns the token as its bearer presents it. */
    public String reveal() {
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** Returns the digest, which is stored and used for lookups. */
    public TokenDigest digest() {
        return TokenDigest.ofPresented(reveal());
    }

    @Override
    public String toString() {
        return "TokenSecret[hidden]";
    }
}
