package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.secret.SecretSource;
import java.util.Arrays;
import java.util.Base64;

/**
 * The secret of a bearer token: 272 bits, written in base64url with padding: 48 characters that end in {@code ==}, as
 * some clients expect of a token. Nothing that prints, logs, compares or serialises this object reaches the secret; only
 * {@link #reveal()} does, whose one place is the answer to the caller.
 */
public final class TokenSecret {

    /** The length in bytes. */
    public static final int LENGTH = 34;

    private final byte[] bytes;

    private TokenSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The secret made of these bytes, which are copied.
     *
     * @throws IllegalArgumentException where they are not {@value #LENGTH}
     */
    public static TokenSecret of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a token secret has " + LENGTH + " bytes");
        }
        return new TokenSecret(Arrays.copyOf(bytes, LENGTH));
    }

    /** A new secret, of random bits. */
    public static TokenSecret fresh(SecretSource random) {
        byte[] bytes = new byte[LENGTH];
        random.fill(bytes);
        return new TokenSecret(bytes);
    }

    /** The token as its bearer presents it. */
    public String reveal() {
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** What is stored of it, and looked up. */
    public TokenDigest digest() {
        return TokenDigest.ofPresented(reveal());
    }

    @Override
    public String toString() {
        return "TokenSecret[hidden]";
    }
}
