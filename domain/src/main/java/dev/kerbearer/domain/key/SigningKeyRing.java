package dev.kerbearer.domain.key;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The signing keys as one node holds them.
 *
 * @param keys all that are published, the first to be active first
 */
public record SigningKeyRing(List<SigningKey> keys) {

    /** Sorts {@code keys}. */
    public SigningKeyRing {
        keys = keys.stream().sorted(comparing(SigningKey::activeFrom)).toList();
    }

    /** Those of these keys that this node can open with their private part, the others with their public part only. */
    public static SigningKeyRing open(List<SealedSigningKey> sealed, ServerKeys keys) {
        return new SigningKeyRing(
                sealed.stream().map(key -> SigningKey.open(key, keys)).toList());
    }

    /**
     * The key that signs at that moment: of those that this node can open the newest that is active, or the first, where
     * it was made by a node whose clock is ahead.
     */
    public Optional<SigningKey> signerAt(Instant now) {
        List<SigningKey> own =
                keys.stream().filter(key -> key.privateKey().isPresent()).toList();
        return own.stream()
                .filter(key -> !key.activeFrom().isAfter(now))
                .reduce((older, newer) -> newer)
                .or(() -> own.stream().findFirst());
    }

    /** The key of that name. */
    public Optional<SigningKey> find(String id) {
        return keys.stream().filter(key -> key.id().value().equals(id)).findFirst();
    }
}
