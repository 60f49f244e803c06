package dev.kerbearer.domain.port;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import java.util.Optional;

/** The last known identities of the names in access lists, for when a directory is unavailable. */
public interface TrusteeNames {

    /**
     * Returns the identity that last had this name.
     *
     * @throws Unavailable if it cannot be read
     */
    Optional<Identity> find(PrefixedName name);

    /**
     * Remembers the identity that has this name now.
     *
     * @throws Unavailable if it cannot be stored
     */
    void remember(PrefixedName name, Identity identity);
}
