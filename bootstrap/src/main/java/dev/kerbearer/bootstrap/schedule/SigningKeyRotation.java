package dev.kerbearer.bootstrap.schedule;

import dev.kerbearer.application.upkeep.RotateSigningKeys;
import dev.kerbearer.bootstrap.wiring.MissingServerKey;
import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.rest.token.HeldSigningKeys;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Keeps the signing keys and this node's copy of them up to date, outside of requests. */
@Singleton
public final class SigningKeyRotation {

    private static final Logger LOG = Logger.getLogger(SigningKeyRotation.class);

    private final RotateSigningKeys rotateSigningKeys;
    private final HeldSigningKeys held;

    private volatile Optional<KeyId> lacking = Optional.empty();

    public SigningKeyRotation(RotateSigningKeys rotateSigningKeys, HeldSigningKeys held) {
        this.rotateSigningKeys = rotateSigningKeys;
        this.held = held;
    }

    /**
     * Rotates the signing keys if it is time, and loads them into this node.
     *
     * @throws Unavailable if the keys cannot be read now
     */
    public void rotate() {
        RotateSigningKeys.Outcome outcome = rotateSigningKeys.rotate();
        held.hold(outcome.ring());
        if (!outcome.lacking().equals(lacking)) {
            lacking = outcome.lacking();
            lacking.ifPresentOrElse(
                    newest -> LOG.error(MissingServerKey.message(newest)
                            + ". Without that key this node is not ready, and leaves the signing keys to the other"
                            + " nodes"),
                    () -> LOG.info("This node holds the newest server key again"));
        }
    }

    @Scheduled(
            every = Upkeep.INTERVAL,
            delayed = Upkeep.INTERVAL,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void rotateInTime() {
        try {
            rotate();
        } catch (Unavailable away) {
            LOG.warnf("Signing keys stay unchanged for now: %s", away.getMessage());
        }
    }
}
