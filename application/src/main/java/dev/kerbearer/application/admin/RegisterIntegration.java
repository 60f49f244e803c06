package dev.kerbearer.application.admin;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.AccessRule;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.TrusteeNames;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.version.Versioned;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Creates an API integration or updates it from its definition. */
public final class RegisterIntegration {

    private final ApiIntegrations integrations;
    private final Directories directories;
    private final TrusteeNames trusteeNames;
    private final InstantSource clock;

    /**
     * @param integrations the registered integrations
     * @param directories find trustees by name
     * @param trusteeNames remembers resolved trustees for when a directory is unavailable
     * @param clock sets the time at which the grants of a disabled integration end
     */
    public RegisterIntegration(
            ApiIntegrations integrations, Directories directories, TrusteeNames trusteeNames, InstantSource clock) {
        this.integrations = integrations;
        this.directories = directories;
        this.trusteeNames = trusteeNames;
        this.clock = clock;
    }

    /**
     * Applies the definition. If it has no access list, the stored one stays. An unavailable directory does not make
     * the definition invalid. A rule still applies if its trustee was resolved earlier and already has access;
     * otherwise the rule gives nobody access.
     *
     * @param origin the source of the definition
     * @return the result; if some trustees could not be resolved, resume it later ({@link ResumeRegistration})
     * @throws IllegalArgumentException if no provider knows a trustee, or a trustee is named twice
     * @throws Unavailable if nothing can be stored now
     */
    public Registration register(IntegrationDefinition definition, Origin origin) {
        Registration registration = registration(definition, origin, stored(definition.id()));
        integrations.put(registration.integration(), Act.atTheStart(origin, clock.instant()));
        return registration;
    }

    private Optional<ApiIntegration> stored(ClientId id) {
        return integrations.find(id).map(Versioned::value);
    }

    /** Returns the result of the definition, given the stored integration. */
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

    /** A resolved access list, and the names that could not be resolved. */
    private record Resolution(List<AccessRule> access, Set<PrefixedName> unresolved) {}

    private Resolution resolved(List<IntegrationDefinition.Rule> rules, List<AccessRule> before) {
        Map<Object, Integer> seen = new HashMap<>();
        Set<PrefixedName> unresolved = new HashSet<>();
        List<AccessRule> access = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            IntegrationDefinition.Rule rule = rules.get(i);
            Optional<Identity> trustee =
                    Identity.parse(rule.trustee()).or(() -> named(PrefixedName.parse(rule.trustee()), before));
            Object named = trustee.isPresent() ? trustee.get() : PrefixedName.parse(rule.trustee());
            requireFirst(seen, named, i, rules);
            trustee.ifPresentOrElse(
                    known -> access.add(new AccessRule(known, rule.scope(), rule.terms())),
                    () -> unresolved.add(PrefixedName.parse(rule.trustee())));
        }
        return new Resolution(access, Set.copyOf(unresolved));
    }

    /** The same trustee can be written by name or by universal id. */
    private static void requireFirst(
            Map<Object, Integer> seen, Object trustee, int index, List<IntegrationDefinition.Rule> rules) {
        Integer first = seen.putIfAbsent(trustee, index);
        if (first != null) {
            throw new IllegalArgumentException("a trustee is named twice: access[" + first + "] is "
                    + rules.get(first).trustee() + ", and access[" + index + "] is "
                    + rules.get(index).trustee());
        }
    }

    /** Returns the trustee; empty if the directory is unavailable and no trustee with access is known by this name. */
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
