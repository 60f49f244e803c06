package dev.kerbearer.domain.integration;

import java.util.Optional;

/**
 * The form of a grant's access tokens. It is fixed when the grant is issued.
 *
 * @param format the token format
 * @param audience the audience of a JWT; the issuer if absent
 */
public record TokenForm(TokenFormat format, Optional<Audience> audience) {

    /** Random characters, without an audience. */
    public static final TokenForm OPAQUE = new TokenForm(TokenFormat.OPAQUE, Optional.empty());

    /**
     * @throws IllegalArgumentException if an opaque token would have an audience
     */
    public TokenForm {
        if (format == TokenFormat.OPAQUE && audience.isPresent()) {
            throw new IllegalArgumentException("an opaque token has no audience");
        }
    }
}
