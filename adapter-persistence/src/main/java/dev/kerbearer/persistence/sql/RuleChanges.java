package dev.kerbearer.persistence.sql;

import jakarta.persistence.EntityManager;

/**
 * Lets one transaction at a time change integrations and local identities. Otherwise nodes that import the same new
 * files at once would collide.
 */
public final class RuleChanges {

    /** A number that nothing else in the database uses as an advisory lock. */
    private static final long KEY = 0x6b65_7262_7275_6c65L;

    /** The cast gives the result a type that the mapper knows. */
    private static final String LOCK = "select cast(pg_advisory_xact_lock(?1) as text)";

    private RuleChanges() {}

    /**
     * Waits until no other transaction changes rules. The rest of the transaction has no time limit, because sign-ins
     * may hold up a change for a while.
     */
    public static void begin(EntityManager transaction) {
        UnlimitedTime.forRestOf(transaction);
        transaction.createNativeQuery(LOCK, String.class).setParameter(1, KEY).getSingleResult();
    }
}
