package dev.kerbearer.bootstrap;

import dev.kerbearer.application.RotateSigningKeys;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.rest.HeldSigningKeys;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Keeps the signing keys up to date, and what this node holds of them; off the way of any request. */
@Singleton
final class SigningKeyRotation {

    private static final Logger LOG = Logger.getLogger(SigningKeyRotation.class);

    private final RotateSigningKeys rotateSigningKeys;
    private final HeldSigningKeys held;

    SigningKeyRotation(RotateSigningKeys rotateSigningKeys, HeldSigningKeys held) {
        this.rotateSigningKeys = rotateSigningKeys;
        this.held = held;
    }

    /** @throws Unavailable where the keys cannot be had now */
    void rotate() {
        held.hold(rotateSigningKeys.rotate());
    }

    @Scheduled(every = "60s", delayed = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void rotateInTime() {
        try {
            rotate();
        } catch (Unavailable away) {
            LOG.warnf("Signing keys stay as they are for now: %s", away.getMessage());
        }
    }
}
