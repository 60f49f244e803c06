package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.digest.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * The SHA-256 of a token as its bearer presents it, or of a JWT's {@code jti}: all that is ever stored of one. Look-up is by digest, so that
 * neither a dump of the database nor the time of a comparison tells a token.
 *
 * @param sha256 32 bytes
 */
public record TokenDigest(Sha256 sha256) {

    private static final byte NEVER_IN_UTF_8 = (byte) 0xff;

    /** The digest of a token that somebody presents, good or not. */
    public static TokenDigest ofPresented(String token) {
        return new TokenDigest(Sha256.of(token.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The digest of the {@code jti} of a JWT whose signature is good. No text that is presented has it, the {@code jti}
     * itself neither: a {@code jti} alone opens nothing.
     */
    public static TokenDigest ofJti(String jti) {
        byte[] text = jti.getBytes(StandardCharsets.UTF_8);
        byte[] marked = new byte[text.length + 1];
        marked[0] = NEVER_IN_UTF_8;
        System.arraycopy(text, 0, marked, 1, text.length);
        return new TokenDigest(Sha256.of(marked));
    }
}
