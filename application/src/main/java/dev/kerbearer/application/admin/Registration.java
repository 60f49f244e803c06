package dev.kerbearer.application.admin;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.integration.ApiIntegration;
import java.util.Set;

/**
 * What came of a definition.
 *
 * @param origin where the definition came from
 * @param integration what it is now
 * @param unresolved the trustees that could not be resolved, because their directory is away
 */
public record Registration(
        IntegrationDefinition definition, Origin origin, ApiIntegration integration, Set<PrefixedName> unresolved) {}
