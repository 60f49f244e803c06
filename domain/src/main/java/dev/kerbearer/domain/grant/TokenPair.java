package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.port.SecretSource;
import java.util.Optional;

/**
 * The live tokens of a grant.
 *
 * @param access the bearer token (RFC 6750)
 * @param refresh present where the grant is renewable (RFC 6749 section 1.5)
 */
public record TokenPair(TokenSecret access, Optional<TokenSecret> refresh) {

    /** Draws a first pair. */
    static TokenPair draw(SecretSource secrets, boolean renewable) {
        return new TokenPair(secrets.next(), renewable ? Optional.of(secrets.next()) : Optional.empty());
    }
}
