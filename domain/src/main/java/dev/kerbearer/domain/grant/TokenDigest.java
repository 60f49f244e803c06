package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.digest.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * The SHA-256 of a token as its bearer presents it: all that is ever stored of one. Look-up is by digest, so that
 * neither a dump of the database nor the time of a comparison tells a token.
 *
 * @param sha256 32 bytes
 */
public record TokenDigest(Sha256 sha256) {

    /** The digest of a token that somebody presents, good or not. */
    public static TokenDigest ofPresented(String token) {
        return new TokenDigest(Sha256.of(token.getBytes(StandardCharsets.UTF_8)));
    }
}
