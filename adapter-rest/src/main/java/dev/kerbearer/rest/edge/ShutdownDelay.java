package dev.kerbearer.rest.edge;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The end of the service. Told to stop, it goes on answering for a while ({@code quarkus.shutdown.delay}), in which its
 * readiness tells those who send it requests to send them elsewhere. What comes later is refused, so that what was
 * accepted comes to its end however many keep asking.
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

    /** Whether a request that comes now is too late. */
    boolean isOver() {
        return told && System.nanoTime() - refusesFrom >= 0;
    }
}
