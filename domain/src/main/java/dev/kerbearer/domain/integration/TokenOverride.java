package dev.kerbearer.domain.integration;

import java.util.Optional;

/**
 * What an integration says of the form of access tokens itself.
 *
 * @param format absent: the system default
 * @param audience of a JWT; absent: the issuer
 */
public record TokenOverride(Optional<TokenFormat> format, Optional<Audience> audience) {

    /** Says nothing. */
    public static final TokenOverride NONE = new TokenOverride(Optional.empty(), Optional.empty());
}
