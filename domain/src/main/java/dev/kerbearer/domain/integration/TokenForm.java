package dev.kerbearer.domain.integration;

import java.util.Optional;

/**
 * The form of a grant's access tokens. Fixed in the grant when it is issued.
 *
 * @param format what they look like
 * @param audience whom a JWT is meant for; absent: the issuer
 */
public record TokenForm(TokenFormat format, Optional<Audience> audience) {

    /** Random characters, which are meant for nobody in particular. */
    public static final TokenForm OPAQUE = new TokenForm(TokenFormat.OPAQUE, Optional.empty());

    /**
     * @throws IllegalArgumentException where an opaque token would have an audience
     */
    public TokenForm {
        if (format == TokenFormat.OPAQUE && audience.isPresent()) {
            throw new IllegalArgumentException("an opaque token has no audience");
        }
    }
}
