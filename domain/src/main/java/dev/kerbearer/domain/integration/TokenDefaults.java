package dev.kerbearer.domain.integration;

import java.util.Optional;

/**
 * The system defaults for access tokens.
 *
 * @param format the format if the integration sets none
 * @param longestJwt the longest lifetime of a JWT, because a server that checks it offline learns of no revocation
 */
public record TokenDefaults(TokenFormat format, Validity longestJwt) {

    /** Returns the token form of an integration with the given override. */
    public TokenForm with(TokenOverride override) {
        return override.format().orElse(format) == TokenFormat.JWT
                ? new TokenForm(TokenFormat.JWT, override.audience())
                : TokenForm.OPAQUE;
    }

    /** Returns the longest lifetime of an access token of the given form; empty if only its terms limit it. */
    public Optional<Validity> longest(TokenForm form) {
        return form.format() == TokenFormat.JWT ? Optional.of(longestJwt) : Optional.empty();
    }
}
