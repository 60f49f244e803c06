package dev.kerbearer.domain.port;

import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.ServerKeys;
import java.util.Optional;

/** The fingerprints of the server keys that nodes of this database have used. */
public interface ServerKeyRegister {

    /**
     * Admits a node with these keys, unless it lacks the newest key that any node has used. A current key that is not
     * in the register becomes the newest.
     *
     * @return the newest key, if the node lacks it
     * @throws Unavailable if the register cannot be reached
     */
    Optional<KeyId> admit(ServerKeys keys);

    /**
     * Returns the newest key that any node has used.
     *
     * @throws Unavailable if the register cannot be reached
     */
    Optional<KeyId> newest();
}
