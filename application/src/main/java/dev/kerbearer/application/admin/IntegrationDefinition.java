package dev.kerbearer.application.admin;

import dev.kerbearer.domain.integration.ApiIntegration.Description;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.ReuseLeeway;
import dev.kerbearer.domain.integration.TermsOverride;
import dev.kerbearer.domain.integration.TokenOverride;
import dev.kerbearer.domain.scope.Scope;
import java.util.List;
import java.util.Optional;

/**
 * An API integration as an import describes it: its trustees are still written, not resolved.
 *
 * @param access absent where the import leaves the access list as it is
 */
public record IntegrationDefinition(
        ClientId id,
        Description description,
        Scope scope,
        TermsOverride terms,
        Optional<ReuseLeeway> reuseLeeway,
        TokenOverride tokens,
        boolean enabled,
        Optional<List<Rule>> access) {

    /**
     * An access rule as an import describes it.
     *
     * @param trustee a prefixed name or a prefixed universal id
     * @param scope absent: the integration's
     * @param terms what it says of the terms itself
     */
    public record Rule(String trustee, Optional<Scope> scope, TermsOverride terms) {}
}
