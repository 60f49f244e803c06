package dev.kerbearer.application.upkeep;

import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.SealedSigningKey;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.key.SigningKey;
import dev.kerbearer.domain.key.SigningKeyPolicy;
import dev.kerbearer.domain.key.SigningKeyRing;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.domain.port.ServerKeyRegister;
import dev.kerbearer.domain.port.SigningKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the signing keys as the policy says: makes the first and each next one, removes those whose tokens have expired,
 * and seals them under the newest server key.
 */
public final class RotateSigningKeys {

    private final SigningKeys signingKeys;
    private final ServerKeys serverKeys;
    private final ServerKeyRegister register;
    private final SigningKeyPolicy policy;
    private final SecretSource random;
    private final InstantSource clock;

    /**
     * @param signingKeys those that are kept
     * @param serverKeys open and seal them
     * @param register knows the newest server key
     * @param policy when they come and go
     * @param random for sealing
     * @param clock tells when they do
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
     * What came of it.
     *
     * @param ring the keys as this node holds them
     * @param lacking the newest server key, where this node does not hold it; nothing is changed then
     */
    public record Outcome(SigningKeyRing ring, Optional<KeyId> lacking) {}

    /**
     * Brings the keys up to date, and answers them as this node holds them. Nothing is locked where nothing is due.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where that cannot be done now
     */
    public Outcome rotate() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<KeyId> newest = register.newest();
        Optional<KeyId> lacking = newest.filter(id -> serverKeys.find(id).isEmpty());
        List<SealedSigningKey> kept = signingKeys.all();
        // To whoever lacks the newest, the others' keys look lost: it would make new ones in their place for ever.
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
     * A key goes once the last token that it can have signed has expired, and a while later. It signs until another does:
     * one that nobody can open does not.
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

    /** While server keys are being changed, nodes disagree on which is current; only the newest seals again. */
    private SealedSigningKey sealedUnderTheNewest(SealedSigningKey key, Optional<KeyId> newest) {
        ServerKey current = serverKeys.current();
        boolean rewrite = newest.filter(current.id()::equals).isPresent()
                && !key.sealedUnder().equals(current.id())
                && canBeOpened(key);
        return rewrite ? SigningKey.open(key, serverKeys).seal(current, random) : key;
    }

    /** From when on a key is to sign that is not there yet; the first, or one in place of lost ones, does at once. */
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
