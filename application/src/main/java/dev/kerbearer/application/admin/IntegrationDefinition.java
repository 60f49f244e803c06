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
 * An API integration as an import describes it. Its trustees are not yet resolved.
 *
 * @param access the access rules; absent if the import leaves the access list unchanged
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
     * @param scope the widest scope for the trustee; the integration's scope if absent
     * @param terms the terms that this rule overrides
     */
    public record Rule(String trustee, Optional<Scope> scope, TermsOverride terms) {}
}
