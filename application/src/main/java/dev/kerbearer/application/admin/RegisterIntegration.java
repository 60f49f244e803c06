package dev.kerbearer.application.admin;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.AccessRule;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.TrusteeNames;
import dev.kerbearer.domain.port.Unavailable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Creates an API integration, or brings it up to date with its definition. */
public final class RegisterIntegration {

    private final ApiIntegrations integrations;
    private final Directories directories;
    private final TrusteeNames trusteeNames;
    private final InstantSource clock;

    /**
     * @param integrations who is registered
     * @param directories know the trustees' names
     * @param trusteeNames remember who was meant, for when a directory is away
     * @param clock tells when the grants of one that is disabled end
     */
    public RegisterIntegration(
            ApiIntegrations integrations, Directories directories, TrusteeNames trusteeNames, InstantSource clock) {
        this.integrations = integrations;
        this.directories = directories;
        this.trusteeNames = trusteeNames;
        this.clock = clock;
    }

    /**
     * Applies the definition. Where it has no access list, the one that is there stays. A directory that is away is no
     * fault of the definition: a rule whose trustee was resolved before stays, and any other gives nobody access.
     *
     * @param origin what says so
     * @return what came of it; where trustees could not be resolved, it is to be resumed ({@link ResumeRegistration})
     * @throws IllegalArgumentException where a trustee is known to no provider, or named twice
     * @throws Unavailable where nothing can be stored now
     */
    public Registration register(IntegrationDefinition definition, Origin origin) {
        Registration registration = registration(definition, origin, integrations.find(definition.id()));
        integrations.put(registration.integration(), origin, clock.instant());
        return registration;
    }

    /** What comes of the definition, where that is stored. */
    Registration registration(IntegrationDefinition definition, Origin origin, Optional<ApiIntegration> stored) {
        List<AccessRule> before = stored.map(ApiIntegration::access).orElse(List.of());
        Resolution resolution = definition
                .access()
                .map(rules -> resolved(rules, before))
                .orElseGet(() -> new Resolution(before, Set.of()));
        ApiIntegration integration = new ApiIntegration(
                definition.id(),
                definition.description(),
                definition.scope(),
                definition.terms(),
                definition.reuseLeeway(),
                definition.tokens(),
                definition.enabled(),
                resolution.access());
        return new Registration(definition, origin, integration, resolution.unresolved());
    }

    /** What an access list comes to, and whose names could not be resolved. */
    private record Resolution(List<AccessRule> access, Set<PrefixedName> unresolved) {}

    private Resolution resolved(List<IntegrationDefinition.Rule> rules, List<AccessRule> before) {
        Set<Identity> seen = new HashSet<>();
        Set<PrefixedName> unresolved = new HashSet<>();
        List<AccessRule> access = new ArrayList<>();
        for (IntegrationDefinition.Rule rule : rules) {
            Optional<Identity> trustee =
                    Identity.parse(rule.trustee()).or(() -> named(PrefixedName.parse(rule.trustee()), before));
            if (trustee.isEmpty() && unresolved.add(PrefixedName.parse(rule.trustee()))) {
                continue;
            }
            if (trustee.filter(seen::add).isEmpty()) {
                throw new IllegalArgumentException("the trustee " + rule.trustee() + " is named twice");
            }
            access.add(new AccessRule(trustee.get(), rule.scope(), rule.terms()));
        }
        return new Resolution(access, Set.copyOf(unresolved));
    }

    /** Empty where the directory is away and nobody with access is known to have been meant. */
    private Optional<Identity> named(PrefixedName name, List<AccessRule> before) {
        Directory directory = directories.of(name.provider()).orElseThrow(() -> unknown(name));
        if (name.provider().equals(Provider.LOCAL)) {
            return Optional.of(directory.find(name).orElseThrow(() -> unknown(name)));
        }
        Optional<Identity> found;
        try {
            found = directory.find(name);
        } catch (Unavailable away) {
            return trusteeNames
                    .find(name)
                    .filter(identity ->
                            before.stream().anyMatch(rule -> rule.trustee().equals(identity)));
        }
        Identity identity = found.orElseThrow(() -> unknown(name));
        trusteeNames.remember(name, identity);
        return Optional.of(identity);
    }

    private static IllegalArgumentException unknown(PrefixedName name) {
        return new IllegalArgumentException("no provider knows the trustee " + name);
    }
}
