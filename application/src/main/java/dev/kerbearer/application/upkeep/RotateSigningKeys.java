package dev.kerbearer.application.upkeep;

import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.SealedSigningKey;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.key.SigningKey;
import dev.kerbearer.domain.key.SigningKeyPolicy;
import dev.kerbearer.domain.key.SigningKeyRing;
import dev.kerbearer.domain.port.ServerKeyRegister;
import dev.kerbearer.domain.port.SigningKeys;
import dev.kerbearer.domain.secret.SecretSource;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rotates the signing keys by the policy. It creates the next key, removes a key after all of its tokens have expired,
 * and encrypts the keys with the newest server key.
 */
public final class RotateSigningKeys {

    private final SigningKeys signingKeys;
    private final ServerKeys serverKeys;
    private final ServerKeyRegister register;
    private final SigningKeyPolicy policy;
    private final SecretSource random;
    private final InstantSource clock;

    /**
     * @param signingKeys the stored keys
     * @param serverKeys decrypt and encrypt them
     * @param register knows the newest server key
     * @param policy the schedule of the rotation
     * @param random the source of random bits for encryption
     * @param clock decides what is due
     */
    public RotateSigningKeys(
            SigningKeys signingKeys,
            ServerKeys serverKeys,
            ServerKeyRegister register,
            SigningKeyPolicy policy,
            SecretSource random,
            InstantSource clock) {
        this.signingKeys = signingKeys;
        this.serverKeys = serverKeys;
        this.register = register;
        this.policy = policy;
        this.random = random;
        this.clock = clock;
    }

    /**
     * The result of a rotation.
     *
     * @param ring the keys that this node holds
     * @param lacking the newest server key, if this node does not hold it; nothing is changed then
     */
    public record Outcome(SigningKeyRing ring, Optional<KeyId> lacking) {}

    /**
     * Brings the keys up to date and returns them as this node holds them. It takes no lock if nothing is due.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if this cannot be done now
     */
    public Outcome rotate() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<KeyId> newest = register.newest();
        Optional<KeyId> lacking = newest.filter(id -> serverKeys.find(id).isEmpty());
        List<SealedSigningKey> kept = signingKeys.all();
        // A node without the newest server key cannot decrypt the other nodes' keys. It would replace them by new keys
        // again and again.
        if (lacking.isEmpty() && !due(kept, newest, now).equals(kept)) {
            kept = signingKeys.change(keys -> due(keys, newest, now));
        }
        return new Outcome(SigningKeyRing.open(kept, serverKeys), lacking);
    }

    private List<SealedSigningKey> due(List<SealedSigningKey> kept, Optional<KeyId> newest, Instant now) {
        List<SealedSigningKey> due = new ArrayList<>(withoutRetired(kept, now));
        due.replaceAll(key -> sealedUnderTheNewest(key, newest));
        next(due, now)
                .map(activeFrom -> SigningKey.generate(activeFrom).seal(serverKeys.current(), random))
                .ifPresent(due::add);
        return due;
    }

    /**
     * Drops retired keys. A key is retired one overlap after the last token that it can have signed expires. It signs
     * until the next key starts; a key that this node cannot decrypt does not count as next.
     */
    private List<SealedSigningKey> withoutRetired(List<SealedSigningKey> kept, Instant now) {
        List<SealedSigningKey> published = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            Optional<Instant> replaced = kept.subList(i + 1, kept.size()).stream()
                    .filter(this::canBeOpened)
                    .map(SealedSigningKey::activeFrom)
                    .findFirst();
            if (replaced.filter(from -> isLongPast(from, now)).isEmpty()) {
                published.add(kept.get(i));
            }
        }
        return published;
    }

    private boolean isLongPast(Instant replaced, Instant now) {
        return !replaced.plus(policy.longestToken()).plus(policy.overlap()).isAfter(now);
    }

    private boolean canBeOpened(SealedSigningKey key) {
        return serverKeys.find(key.sealedUnder()).isPresent();
    }

    /**
     * Seals a key under the newest server key. During a change of server keys, nodes disagree on the current key, so a
     * node seals a key again only if its current server key is the newest.
     */
    private SealedSigningKey sealedUnderTheNewest(SealedSigningKey key, Optional<KeyId> newest) {
        ServerKey current = serverKeys.current();
        boolean rewrite = newest.filter(current.id()::equals).isPresent()
                && !key.sealedUnder().equals(current.id())
                && canBeOpened(key);
        return rewrite ? SigningKey.open(key, serverKeys).seal(current, random) : key;
    }

    /**
     * Returns when a new key starts to sign, if one is due. The first key, or one that replaces lost keys, starts at
     * once.
     */
    private Optional<Instant> next(List<SealedSigningKey> kept, Instant now) {
        Optional<Instant> last = kept.stream()
                .filter(this::canBeOpened)
                .map(SealedSigningKey::activeFrom)
                .reduce((older, newer) -> newer);
        if (last.isEmpty()) {
            return Optional.of(now);
        }
        Instant end = last.get().plus(policy.rotation());
        Instant soonest = now.plus(policy.overlap());
        return end.isAfter(soonest) ? Optional.empty() : Optional.of(soonest);
    }
}
