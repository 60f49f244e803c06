package dev.kerbearer.domain.integration;

import java.util.Optional;

/**
 * The system defaults for access tokens.
 *
 * @param format the format if the integration sets none
 * @param longestJwt the longest lifetime of a JWT. It is limited because a server that checks a JWT offline does not
 *     learn of a revocation.
 */
public record TokenDefaults(TokenFormat format, Validity longestJwt) {

    /** Returns the token form of an integration with the given override. */
    public TokenForm with(TokenOverride override) {
        return override.format().orElse(format) == TokenFormat.JWT
                ? new TokenForm(TokenFormat.JWT, override.audience())
                : TokenForm.OPAQUE;
    }

    /**
     * Returns the longest lifetime of an access token of the given form; empty if only the terms of the grant limit it.
     */
    public Optional<Validity> longest(TokenForm form) {
        return form.format() == TokenFormat.JWT ? Optional.of(longestJwt) : Optional.empty();
    }
}
