package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.identity.LocalIdentity;

/** The identities that Kerbearer keeps itself, for updates. */
public interface LocalIdentities {

    /**
     * Creates or updates an identity, together with an audit line: found by guid if one is given, otherwise by name. If
     * it is already stored like this, there is no line. If it becomes disabled, its grants end in the same transaction,
     * with an audit line for each grant that was not over.
     *
     * @param act who makes the change, from where, and when; the audit lines carry it
     * @throws AlreadyTaken if its name or a principal belongs to another identity, or if its guid belongs to a group
     * @throws Unavailable if nothing can be stored
     */
    void put(LocalIdentity identity, Act.ByName act);

    /** A name, guid or principal is already in use. */
    final class AlreadyTaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /**
         * @param what the value and its owner
         */
        public AlreadyTaken(String what) {
            super(what);
        }
    }
}
