package dev.kerbearer.domain.integration;

import java.util.Optional;

/**
 * What an integration or an access rule says of the terms itself; what is absent comes from the level above it: rule
 * over integration over system default.
 *
 * @param access see {@link GrantTerms#access()}
 * @param grant see {@link GrantTerms#grant()}
 * @param renewable see {@link GrantTerms#renewable()}
 */
public record TermsOverride(Optional<Validity> access, Optional<Validity> grant, Optional<Boolean> renewable) {

    /** Says nothing. */
    public static final TermsOverride NONE = new TermsOverride(Optional.empty(), Optional.empty(), Optional.empty());
}
