package dev.kerbearer.rest.token;

import dev.kerbearer.domain.key.SigningKey;
import dev.kerbearer.domain.key.SigningKeyId;
import dev.kerbearer.domain.key.SigningKeyRing;
import dev.kerbearer.domain.port.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * The signing keys that this node holds, so that no request asks storage for one. They are updated from outside. They
 * are also updated when a token names an unknown key, because another node may just have created that key.
 */
public final class HeldSigningKeys {

    /** The minimum time between lookups: a token with an invented key name must not always cause a storage read. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Supplier<SigningKeyRing> stored;
    private final InstantSource clock;

    private volatile SigningKeyRing ring = new SigningKeyRing(List.of());
    private FutureTask<SigningKeyRing> look = new FutureTask<>(this::looked);

    /** In the far future while a lookup is running. */
    private volatile Instant lastLookEnded = Instant.MIN;

    /**
     * @param stored reads the current keys from storage
     * @param clock determines which of them signs
     */
    public HeldSigningKeys(Supplier<SigningKeyRing> stored, InstantSource clock) {
        this.stored = stored;
        this.clock = clock;
    }

    /** Replaces the keys. */
    public void hold(SigningKeyRing current) {
        ring = current;
    }

    Optional<SigningKey> signer() {
        return ring.signerAt(clock.instant());
    }

    List<SigningKey> published() {
        return ring.keys();
    }

    /** Returns whether this node holds that key. */
    boolean holds(SigningKeyId id) {
        return ring.find(id.value()).isPresent();
    }

    /** @throws Unavailable if this node does not hold the key and cannot look it up */
    Optional<SigningKey> find(String id) {
        Optional<SigningKey> atHand = ring.find(id);
        return atHand.isPresent() ? atHand : lookedFor(id);
    }

    /**
     * Runs the current lookup, or waits for it if it is running, and uses its result. A caller never waits for several
     * lookups in a row.
     */
    private Optional<SigningKey> lookedFor(String id) {
        FutureTask<SigningKeyRing> current = currentLook();
        current.run();
        try {
            return current.get().find(id);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("signing keys cannot be loaded", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unavailable("signing key", stopped);
        }
    }

    private synchronized FutureTask<SigningKeyRing> currentLook() {
        if (lastLookEnded.isBefore(clock.instant().minus(BETWEEN_LOOKS))) {
            lastLookEnded = Instant.MAX;
            look = new FutureTask<>(this::looked);
        }
        return look;
    }

    /** Reads the keys from storage. A failed lookup counts too, so that unavailable storage is not asked more often. */
    private SigningKeyRing looked() {
        try {
            SigningKeyRing found = stored.get();
            ring = found;
            return found;
        } finally {
            lastLookEnded = clock.instant();
        }
    }
}
