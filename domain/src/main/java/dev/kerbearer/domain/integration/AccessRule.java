package dev.kerbearer.domain.integration;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.scope.Scope;
import java.util.Optional;

/**
 * Gives a trustee access to an integration.
 *
 * @param trustee a user or a group
 * @param scope the most he may get; absent: the integration's scope
 * @param terms what he gets on terms of his own
 */
public record AccessRule(Identity trustee, Optional<Scope> scope, TermsOverride terms) {

    /** What this rule gives under an integration of that scope. */
    Scope within(Scope integration) {
        return scope.map(integration::intersect).orElse(integration);
    }
}
