package dev.kerbearer.application.admin;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.version.Versioned;
import java.time.InstantSource;
import java.util.Optional;

/** Applies a definition again, to resolve the remaining trustees. */
public final class ResumeRegistration {

    private final ApiIntegrations integrations;
    private final RegisterIntegration registerIntegration;
    private final InstantSource clock;

    /**
     * @param integrations the registered integrations
     * @param registerIntegration resolves trustees
     * @param clock sets the time at which the grants of a disabled integration end
     */
    public ResumeRegistration(
            ApiIntegrations integrations, RegisterIntegration registerIntegration, InstantSource clock) {
        this.integrations = integrations;
        this.registerIntegration = registerIntegration;
        this.clock = clock;
    }

    /**
     * Applies the definition again. If another definition was applied meanwhile, that one is newer and stays.
     *
     * @return the result; empty if the stored integration is not a result of this definition, from this node or another
     * @throws IllegalArgumentException if no provider knows a trustee, or a trustee is named twice
     * @throws Unavailable if nothing can be read or stored now
     */
    public Optional<Registration> resume(Registration earlier) {
        Optional<ApiIntegration> stored =
                integrations.find(earlier.definition().id()).map(Versioned::value);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        Registration now = registerIntegration.registration(earlier.definition(), earlier.origin(), stored);
        if (stored.get().isSame(now.integration())) {
            return Optional.of(now);
        }
        if (!stored.get().isSame(earlier.integration())) {
            return Optional.empty();
        }
        integrations.put(now.integration(), Act.atTheStart(earlier.origin(), clock.instant()));
        return Optional.of(now);
    }
}
