package dev.kerbearer.domain.integration;

import java.util.Comparator;

/**
 * The terms of a grant. They are fixed when the grant is issued.
 *
 * @param access the lifetime of an access token
 * @param grant the lifetime of the grant, counted from its issue
 * @param renewable whether the grant has a refresh token
 */
public record GrantTerms(Validity access, Validity grant, boolean renewable) {

    /**
     * Sorts the less generous terms first: by shorter grant, then by shorter access, then not renewable before
     * renewable.
     */
    static final Comparator<GrantTerms> BY_GENEROSITY = Comparator.comparing(GrantTerms::grant)
            .thenComparing(GrantTerms::access)
            .thenComparing(GrantTerms::renewable);

    /** Returns these terms with the members that {@code override} sets. */
    public GrantTerms with(TermsOverride override) {
        return new GrantTerms(
                override.access().orElse(access),
                override.grant().orElse(grant),
                override.renewable().orElse(renewable));
    }
}
