package dev.kerbearer.domain.integration;

import java.util.Comparator;

/**
 * On which terms a grant is given. Fixed in the grant when it is issued.
 *
 * @param access how long an access token is good for
 * @param grant how long the grant is good for, counted from the same instant
 * @param renewable whether a refresh token comes with it
 */
public record GrantTerms(Validity access, Validity grant, boolean renewable) {

    /** The shorter grant first; of equals the shorter access; of equals the one that is not renewable. */
    static final Comparator<GrantTerms> BY_GENEROSITY = Comparator.comparing(GrantTerms::grant)
            .thenComparing(GrantTerms::access)
            .thenComparing(GrantTerms::renewable);

    /** These terms with what {@code override} says instead, member by member. */
    public GrantTerms with(TermsOverride override) {
        return new GrantTerms(
                override.access().orElse(access),
                override.grant().orElse(grant),
                override.renewable().orElse(renewable));
    }
}
