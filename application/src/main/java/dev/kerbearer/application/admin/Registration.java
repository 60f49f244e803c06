package dev.kerbearer.application.admin;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.integration.ApiIntegration;
import java.util.Set;

/**
 * The result of applying a definition.
 *
 * @param origin the source of the definition
 * @param integration the integration after the change
 * @param unresolved the trustees that could not be resolved because their directory is unavailable
 */
public record Registration(
        IntegrationDefinition definition, Origin origin, ApiIntegration integration, Set<PrefixedName> unresolved) {}
