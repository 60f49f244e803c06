package dev.kerbearer.domain.key;

import java.util.List;
import java.util.Optional;

/**
 * The server keys that a node holds.
 *
 * @param current what is new is made under this one
 * @param previous what was made under these is still understood
 */
public record ServerKeys(ServerKey current, List<ServerKey> previous) {

    /** Copies {@code previous}. */
    public ServerKeys {
        previous = List.copyOf(previous);
    }

    /** The key of that id, where this node holds it. */
    public Optional<ServerKey> find(KeyId id) {
        return current.id().equals(id)
                ? Optional.of(current)
                : previous.stream().filter(key -> key.id().equals(id)).findFirst();
    }
}
