package dev.kerbearer.domain.integration;

import java.util.Optional;

/**
 * The system's choice of the form of access tokens.
 *
 * @param format what an integration does not say
 * @param longestJwt how long a JWT is good for at most, since who checks it by himself hears of no revocation
 */
public record TokenDefaults(TokenFormat format, Validity longestJwt) {

    /** The form of the tokens of an integration that says this. */
    public TokenForm with(TokenOverride override) {
        return override.format().orElse(format) == TokenFormat.JWT
                ? new TokenForm(TokenFormat.JWT, override.audience())
                : TokenForm.OPAQUE;
    }

    /** How long an access token of that form is good for at most; empty where its terms alone say. */
    public Optional<Validity> longest(TokenForm form) {
        return form.format() == TokenFormat.JWT ? Optional.of(longestJwt) : Optional.empty();
    }
}
