package dev.kerbearer.rest.edge;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The time between the stop signal and the shutdown. During this time, {@code quarkus.shutdown.delay}, the service
 * still answers. Its readiness check already tells load balancers to send requests elsewhere. Requests that arrive
 * after this time are refused, so that accepted requests finish however many new ones arrive.
 */
@Singleton
final class ShutdownDelay {

    private final Duration delay;
    private volatile boolean begun;
    private volatile long refusesFrom;

    ShutdownDelay(@ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
        this.delay = delay.orElse(Duration.ZERO);
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        refusesFrom = System.nanoTime() + delay.toNanos();
        begun = true;
    }

    /** Returns whether a request that arrives now is too late. */
    boolean isOver() {
        return begun && System.nanoTime() - refusesFrom >= 0;
    }
}
