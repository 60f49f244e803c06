package dev.kerbearer.domain.port;

import dev.kerbearer.domain.key.SealedSigningKey;
import java.util.List;
import java.util.function.UnaryOperator;

/** The signing keys that all nodes share. */
public interface SigningKeys {

    /**
     * All that are kept, the first to be active first.
     *
     * @throws Unavailable where they cannot be read
     */
    List<SealedSigningKey> all();

    /**
     * Changes what is kept, and answers it. Of many that do so one comes after the other, and sees what those before it
     * have kept.
     *
     * @param change from what is kept to what is to be kept
     * @throws Unavailable where nothing can be changed
     */
    List<SealedSigningKey> change(UnaryOperator<List<SealedSigningKey>> change);
}
