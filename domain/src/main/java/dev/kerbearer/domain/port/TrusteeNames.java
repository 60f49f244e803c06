package dev.kerbearer.domain.port;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import java.util.Optional;

/** Who was meant by the names in access lists when they were resolved last, for times when a directory is away. */
public interface TrusteeNames {

    /**
     * Who had that name.
     *
     * @throws Unavailable where it cannot be read
     */
    Optional<Identity> find(PrefixedName name);

    /**
     * Remembers who has that name now.
     *
     * @throws Unavailable where it cannot be stored
     */
    void remember(PrefixedName name, Identity identity);
}
