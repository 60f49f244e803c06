package dev.kerbearer.domain.integration;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.scope.Scope;
import java.util.Optional;

/**
 * Gives a trustee access to an integration.
 *
 * @param trustee a user or a group
 * @param scope the widest scope for the trustee; the integration's scope if absent
 * @param terms the terms that this rule overrides
 */
public record AccessRule(Identity trustee, Optional<Scope> scope, TermsOverride terms) {

    /** Returns the scope that this rule allows under an integration with the given scope. */
    Scope within(Scope integration) {
        return scope.map(integration::intersect).orElse(integration);
    }
}
