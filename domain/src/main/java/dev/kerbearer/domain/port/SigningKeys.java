package dev.kerbearer.domain.port;

import dev.kerbearer.domain.key.SealedSigningKey;
import java.util.List;
import java.util.function.UnaryOperator;

/** The signing keys that all nodes share. */
public interface SigningKeys {

    /**
     * Returns all stored keys, the earliest active first.
     *
     * @throws Unavailable if they cannot be read
     */
    List<SealedSigningKey> all();

    /**
     * Changes the stored keys and returns them. Simultaneous changes run one after the other, and each sees the results
     * of those before it.
     *
     * @param change maps the stored keys to the new ones
     * @throws Unavailable if nothing can be changed
     */
    List<SealedSigningKey> change(UnaryOperator<List<SealedSigningKey>> change);
}
