package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.digest.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * The SHA-256 of a token as its bearer presents it, or of the {@code jti} of a JWT. Only this digest is stored. Lookups
 * use the digest, so that neither a database dump nor the timing of a comparison reveals a token.
 *
 * @param sha256 32 bytes
 */
public record TokenDigest(Sha256 sha256) {

    private static final byte NEVER_IN_UTF_8 = (byte) 0xff;

    /** Returns the digest of a presented token, valid or not. */
    public static TokenDigest ofPresented(String token) {
        return new TokenDigest(Sha256.of(token.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Returns the digest of the {@code jti} of a JWT with a valid signature. No presented text has the same digest, not
     * even the {@code jti} itself: a {@code jti} alone is not a credential.
     */
    public static TokenDigest ofJti(String jti) {
        byte[] text = jti.getBytes(StandardCharsets.UTF_8);
        byte[] marked = new byte[text.length + 1];
        marked[0] = NEVER_IN_UTF_8;
        System.arraycopy(text, 0, marked, 1, text.length);
        return new TokenDigest(Sha256.of(marked));
    }
}
