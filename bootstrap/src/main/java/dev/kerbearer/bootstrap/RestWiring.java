package dev.kerbearer.bootstrap;

import dev.kerbearer.domain.port.RefreshTally;
import dev.kerbearer.rest.Admission;
import dev.kerbearer.rest.RefreshMetrics;
import dev.kerbearer.rest.Transport;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the wire needs to know of its surroundings. */
@Singleton
final class RestWiring {

    /** Enough to keep a core busy while PostgreSQL writes; more would only wait. */
    private static final int CALLS_A_CORE = 8;

    @Produces
    @Singleton
    Admission admission(KerbearerConfig config) {
        return new Admission(
                config.callsAtOnce().orElse(CALLS_A_CORE * Runtime.getRuntime().availableProcessors()));
    }

    @Produces
    @Singleton
    Transport transport(
            KerbearerConfig config,
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean forwarded,
            @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> trustedProxies) {
        return new Transport(config.insecureHttp(), forwarded && trustedProxies.isPresent());
    }

    @Produces
    @Singleton
    RefreshTally refreshTally(MeterRegistry registry) {
        return new RefreshMetrics(registry);
    }
}
