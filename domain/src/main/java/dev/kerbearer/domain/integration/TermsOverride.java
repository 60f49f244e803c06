package dev.kerbearer.domain.integration;

import java.util.Optional;

/**
 * The terms that an integration or an access rule overrides. If a member is absent in a rule, the integration's value
 * is used. If it is absent there too, the system default is used.
 *
 * @param access see {@link GrantTerms#access()}
 * @param grant see {@link GrantTerms#grant()}
 * @param renewable see {@link GrantTerms#renewable()}
 */
public record TermsOverride(Optional<Validity> access, Optional<Validity> grant, Optional<Boolean> renewable) {

    /** Overrides nothing. */
    public static final TermsOverride NONE = new TermsOverride(Optional.empty(), Optional.empty(), Optional.empty());
}
