package dev.kerbearer.domain.integration;

import java.util.Optional;

/**
 * The terms that an integration or an access rule overrides. An absent member comes from the level above: rule over
 * integration over system default.
 *
 * @param access see {@link GrantTerms#access()}
 * @param grant see {@link GrantTerms#grant()}
 * @param renewable see {@link GrantTerms#renewable()}
 */
public record TermsOverride(Optional<Validity> access, Optional<Validity> grant, Optional<Boolean> renewable) {

    /** Overrides nothing. */
    public static final TermsOverride NONE = new TermsOverride(Optional.empty(), Optional.empty(), Optional.empty());
}
