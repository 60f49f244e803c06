package dev.kerbearer.application;

import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.integration.ApiIntegration;
import java.util.Set;

/**
 * What came of a definition.
 *
 * @param integration what it is now
 * @param unresolved the trustees that could not be resolved, because their directory is away
 */
public record Registration(
        IntegrationDefinition definition, ApiIntegration integration, Set<PrefixedName> unresolved) {}
