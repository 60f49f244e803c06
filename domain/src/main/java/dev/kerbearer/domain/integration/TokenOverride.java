package dev.kerbearer.domain.integration;

import java.util.Optional;

/**
 * The token form that an integration overrides.
 *
 * @param format the token format; the system default if absent
 * @param audience the audience of a JWT; the issuer if absent
 */
public record TokenOverride(Optional<TokenFormat> format, Optional<Audience> audience) {

    /** Overrides nothing. */
    public static final TokenOverride NONE = new TokenOverride(Optional.empty(), Optional.empty());
}
