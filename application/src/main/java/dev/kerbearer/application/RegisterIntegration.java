package dev.kerbearer.application;

import dev.kerbearer.domain.identity.Directories;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.integration.AccessRule;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.port.ApiIntegrations;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Creates an API integration, or brings it up to date with its definition. */
public final class RegisterIntegration {

    private final ApiIntegrations integrations;
    private final Directories directories;
    private final InstantSource clock;

    /**
     * @param integrations who is registered
     * @param directories know the trustees' names
     * @param clock tells when the grants of one that is disabled end
     */
    public RegisterIntegration(ApiIntegrations integrations, Directories directories, InstantSource clock) {
        this.integrations = integrations;
        this.directories = directories;
        this.clock = clock;
    }

    /**
     * Applies the definition. Where it has no access list, the one that is there stays.
     *
     * @throws IllegalArgumentException where a trustee is known to no provider, or named twice
     * @throws dev.kerbearer.domain.port.Unavailable where nothing can be stored now
     */
    public void register(IntegrationDefinition definition) {
        List<AccessRule> access = definition
                .access()
                .map(this::resolved)
                .orElseGet(() -> integrations
                        .find(definition.id())
                        .map(ApiIntegration::access)
                        .orElse(List.of()));
        integrations.put(
                new ApiIntegration(
                        definition.id(),
                        definition.description(),
                        definition.scope(),
                        definition.terms(),
                        definition.reuseLeeway(),
                        definition.tokens(),
                        definition.enabled(),
                        access),
                clock.instant());
    }

    private List<AccessRule> resolved(List<IntegrationDefinition.Rule> rules) {
        Set<Identity> seen = new HashSet<>();
        return rules.stream()
                .map(rule -> {
                    Identity trustee = trustee(rule.trustee());
                    if (!seen.add(trustee)) {
                        throw new IllegalArgumentException("the trustee " + rule.trustee() + " is named twice");
                    }
                    return new AccessRule(trustee, rule.scope(), rule.terms());
                })
                .toList();
    }

    private Identity trustee(String written) {
        return Identity.parse(written).orElseGet(() -> named(PrefixedName.parse(written)));
    }

    private Identity named(PrefixedName name) {
        return directories
                .of(name.provider())
                .flatMap(directory -> directory.find(name))
                .orElseThrow(() -> new IllegalArgumentException("no provider knows the trustee " + name));
    }
}
