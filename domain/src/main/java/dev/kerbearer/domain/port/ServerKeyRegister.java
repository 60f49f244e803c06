package dev.kerbearer.domain.port;

import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.ServerKeys;
import java.util.Optional;

/** Knows the fingerprints of the server keys that nodes of this database have used. */
public interface ServerKeyRegister {

    /**
     * Admits a node with these keys, unless it lacks the newest key that any node has used; a current key that was not
     * seen before becomes the newest.
     *
     * @return the newest key where the node lacks it
     * @throws Unavailable where it cannot be told
     */
    Optional<KeyId> admit(ServerKeys keys);

    /**
     * The newest key that any node has used.
     *
     * @throws Unavailable where it cannot be told
     */
    Optional<KeyId> newest();
}
