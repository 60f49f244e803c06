package dev.kerbearer.application.admin;

import dev.kerbearer.domain.integration.AccessRule;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.Unavailable;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Applies a definition again, for the trustees that could not be resolved. */
public final class ResumeRegistration {

    private final ApiIntegrations integrations;
    private final RegisterIntegration registerIntegration;
    private final InstantSource clock;

    /**
     * @param integrations who is registered
     * @param registerIntegration resolves trustees
     * @param clock tells when the grants of one that is disabled end
     */
    public ResumeRegistration(
            ApiIntegrations integrations, RegisterIntegration registerIntegration, InstantSource clock) {
        this.integrations = integrations;
        this.registerIntegration = registerIntegration;
        this.clock = clock;
    }

    /**
     * Applies the definition again. One that somebody else has applied meanwhile is newer, and stays.
     *
     * @return what came of it; empty where the integration is not what this definition made of it, here or elsewhere
     * @throws IllegalArgumentException where a trustee is known to no provider, or named twice
     * @throws Unavailable where nothing can be read or stored now
     */
    public Optional<Registration> resume(Registration earlier) {
        Optional<ApiIntegration> stored = integrations.find(earlier.definition().id());
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        Registration now = registerIntegration.registration(earlier.definition(), earlier.origin(), stored);
        if (isSame(stored.get(), now.integration())) {
            return Optional.of(now);
        }
        if (!isSame(stored.get(), earlier.integration())) {
            return Optional.empty();
        }
        integrations.put(now.integration(), earlier.origin(), clock.instant());
        return Optional.of(now);
    }

    /** Whatever the order of the access list, which is not stored. */
    private static boolean isSame(ApiIntegration one, ApiIntegration other) {
        return Set.copyOf(one.access()).equals(Set.copyOf(other.access()))
                && with(one, other.access()).equals(other);
    }

    private static ApiIntegration with(ApiIntegration integration, List<AccessRule> access) {
        return new ApiIntegration(
                integration.id(),
                integration.description(),
                integration.scope(),
                integration.terms(),
                integration.reuseLeeway(),
                integration.tokens(),
                integration.enabled(),
                access);
    }
}
