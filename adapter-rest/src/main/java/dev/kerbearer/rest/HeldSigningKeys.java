package dev.kerbearer.rest;

import dev.kerbearer.domain.key.SigningKey;
import dev.kerbearer.domain.key.SigningKeyRing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
    private Instant lastLook = Instant.MIN;

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

    /** @throws dev.kerbearer.domain.port.Unavailable where it is none of those at hand, and cannot be looked for */
    Optional<SigningKey> find(String id) {
        Optional<SigningKey> atHand = ring.find(id);
        return atHand.isPresent() ? atHand : lookedFor(id);
    }

    private synchronized Optional<SigningKey> lookedFor(String id) {
        Instant now = clock.instant();
        if (lastLook.isBefore(now.minus(BETWEEN_LOOKS))) {
            ring = stored.get();
            lastLook = now;
        }
        return ring.find(id);
    }
}
