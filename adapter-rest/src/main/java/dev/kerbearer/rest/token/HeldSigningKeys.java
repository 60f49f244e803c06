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
 * The signing keys that this node has at hand, so that no request asks storage for one. They are brought up to date from
 * outside, and where a token names a key that is not among them: another node may just have made it.
 */
public final class HeldSigningKeys {

    /** Tokens with names that somebody made up must not make this node ask storage for each of them. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Supplier<SigningKeyRing> stored;
    private final InstantSource clock;

    private volatile SigningKeyRing ring = new SigningKeyRing(List.of());
    private FutureTask<SigningKeyRing> look = new FutureTask<>(this::looked);

    /** In the far future while one is under way. */
    private volatile Instant lastLookEnded = Instant.MIN;

    /**
     * @param stored the keys as they are now
     * @param clock tells which of them signs
     */
    public HeldSigningKeys(Supplier<SigningKeyRing> stored, InstantSource clock) {
        this.stored = stored;
        this.clock = clock;
    }

    /** Takes these in place of the ones before. */
    public void hold(SigningKeyRing current) {
        ring = current;
    }

    Optional<SigningKey> signer() {
        return ring.signerAt(clock.instant());
    }

    List<SigningKey> published() {
        return ring.keys();
    }

    /** Whether it is one of those at hand. */
    boolean holds(SigningKeyId id) {
        return ring.find(id.value()).isPresent();
    }

    /** @throws Unavailable where it is none of those at hand, and cannot be looked for */
    Optional<SigningKey> find(String id) {
        Optional<SigningKey> atHand = ring.find(id);
        return atHand.isPresent() ? atHand : lookedFor(id);
    }

    /** A caller waits for the look that is under way, and takes what comes of it: never for one look after another. */
    private Optional<SigningKey> lookedFor(String id) {
        FutureTask<SigningKeyRing> current = currentLook();
        current.run();
        try {
            return current.get().find(id);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("signing keys cannot be looked for", failed);
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

    /** One that failed counts too: while storage is away, it is asked no more often than else. */
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
