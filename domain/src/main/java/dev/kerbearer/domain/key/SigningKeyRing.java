package dev.kerbearer.domain.key;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The signing keys that one node holds.
 *
 * @param keys all published keys, the earliest active first
 */
public record SigningKeyRing(List<SigningKey> keys) {

    /** Sorts {@code keys}. */
    public SigningKeyRing {
        keys = keys.stream().sorted(comparing(SigningKey::activeFrom)).toList();
    }

    /** Creates a ring from stored keys. A key that this node cannot decrypt is included with its public part only. */
    public static SigningKeyRing open(List<SealedSigningKey> sealed, ServerKeys keys) {
        return new SigningKeyRing(
                sealed.stream().map(key -> SigningKey.open(key, keys)).toList());
    }

    /**
     * Returns the key that signs at the given time: the newest active key that this node can decrypt. If no key is
     * active yet, returns the first key. In that case the clock of the node that created it is ahead.
     */
    public Optional<SigningKey> signerAt(Instant now) {
        List<SigningKey> own =
                keys.stream().filter(key -> key.privateKey().isPresent()).toList();
        return own.stream()
                .filter(key -> !key.activeFrom().isAfter(now))
                .reduce((older, newer) -> newer)
                .or(() -> own.stream().findFirst());
    }

    /** Returns the key with this id. */
    public Optional<SigningKey> find(String id) {
        return keys.stream().filter(key -> key.id().value().equals(id)).findFirst();
    }
}
