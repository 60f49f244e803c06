package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.LocalIdentity;
import java.time.Instant;

/** The identities that Kerbearer keeps itself, for those who keep them. */
public interface LocalIdentities {

    /**
     * Creates an identity or brings it up to date: found by guid where one is given, by name otherwise. One that is
     * disabled by it has its grants ended in the same transaction, with an audit line for each that was not over.
     *
     * @param origin what says so
     * @throws AlreadyTaken where its name or a principal is another identity's, or its guid a group's
     * @throws Unavailable where nothing can be stored
     */
    void put(LocalIdentity identity, Origin origin, Instant at);

    /** A name, guid or principal is another's already. */
    final class AlreadyTaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /**
         * @param what the thing and whose it is
         */
        public AlreadyTaken(String what) {
            super(what);
        }
    }
}
