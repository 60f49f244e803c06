package dev.kerbearer.persistence.sql;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/**
 * Lets one transaction at a time change integrations and local identities. Otherwise nodes that import the same new
 * files at once would collide.
 */
public final class RuleChanges {

    /** A number that nothing else in the database uses as an advisory lock. */
    private static final long KEY = 0x6b65_7262_7275_6c65L;

    /** The cast gives the result a type that the mapper knows. */
    private static final String LOCK = "select cast(pg_advisory_xact_lock(?1) as text)";

    private static final String LOCKED_VERSION = "select version from %s where %s = ?1 for no key update";

    private RuleChanges() {}

    /**
     * Waits until no other transaction changes rules. The rest of the transaction has no time limit, because sign-ins
     * may hold up a change for a while.
     */
    public static void begin(EntityManager transaction) {
        UnlimitedTime.forRestOf(transaction);
        transaction.createNativeQuery(LOCK, String.class).setParameter(1, KEY).getSingleResult();
    }

    /**
     * Returns the version of a row, and locks the row until the transaction ends. The database raises the version with
     * each change of the row or of its rules. Empty if there is no row.
     *
     * @param table the table, which has a column {@code version}
     * @param column the column that identifies the row
     */
    public static Optional<Long> lockedVersion(EntityManager transaction, String table, String column, Object value) {
        List<?> versions = transaction
                .createNativeQuery(LOCKED_VERSION.formatted(table, column), Long.class)
                .setParameter(1, value)
                .getResultList();
        return versions.stream().map(Long.class::cast).findFirst();
    }
}
