package dev.kerbearer.rest.edge;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The shutdown of the service. After the stop signal it keeps answering for {@code quarkus.shutdown.delay}. Meanwhile
 * its readiness check tells load balancers to send requests elsewhere. Later requests are refused, so that accepted
 * requests finish however many new ones arrive.
 */
@Singleton
final class ShutdownDelay {

    private final Duration delay;
    private volatile boolean told;
    private volatile long refusesFrom;

    ShutdownDelay(@ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
        this.delay = delay.orElse(Duration.ZERO);
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        refusesFrom = System.nanoTime() + delay.toNanos();
        told = true;
    }

    /** Returns whether a request that arrives now is too late. */
    boolean isOver() {
        return told && System.nanoTime() - refusesFrom >= 0;
    }
}
