package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.secret.SecretSource;
import java.util.Optional;

/**
 * The live tokens of a grant.
 *
 * @param format the format of the access token
 * @param access the bearer token (RFC 6750); for a JWT the {@code jti}, which serves for lookups
 * @param refresh the refresh token, if the grant is renewable (RFC 6749 section 1.5)
 */
public record TokenPair(TokenFormat format, TokenSecret access, Optional<TokenSecret> refresh) {

    /** Draws a first pair. */
    static TokenPair draw(SecretSource secrets, TokenFormat format, boolean renewable) {
        return new TokenPair(
                format,
                TokenSecret.fresh(secrets),
                renewable ? Optional.of(TokenSecret.fresh(secrets)) : Optional.empty());
    }

    /** Returns the digest of the access token, which is stored and used for lookups. */
    public TokenDigest accessDigest() {
        return format == TokenFormat.JWT ? TokenDigest.ofJti(access.reveal()) : access.digest();
    }
}
