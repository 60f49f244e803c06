package dev.kerbearer.domain.key;

import java.util.List;
import java.util.Optional;

/**
 * The server keys that a node holds.
 *
 * @param current the key for everything new
 * @param previous older keys; data made under them is still accepted
 */
public record ServerKeys(ServerKey current, List<ServerKey> previous) {

    /** Copies {@code previous}. */
    public ServerKeys {
        previous = List.copyOf(previous);
    }

    /** Returns the key with this id, if this node holds it. */
    public Optional<ServerKey> find(KeyId id) {
        return current.id().equals(id)
                ? Optional.of(current)
                : previous.stream().filter(key -> key.id().equals(id)).findFirst();
    }
}
