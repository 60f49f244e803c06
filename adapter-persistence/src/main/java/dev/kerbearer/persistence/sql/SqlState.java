package dev.kerbearer.persistence.sql;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a SQLSTATE (PostgreSQL's appendix A) whether a retry can help or Kerbearer sent a wrong statement. Every
 * state that is not known to be Kerbearer's fault counts as temporary or fixable by the operator. So a client never
 * takes it for a rejection and discards a valid token.
 */
final class SqlState {

    /**
     * Error classes that only a wrong statement or a wrong value causes.
     *
     * <ul>
     *   <li>03: the statement is unfinished
     *   <li>0A: the feature is unsupported
     *   <li>09, 2F, 38, 39: triggers and routines
     *   <li>20, 21: cases and cardinality
     *   <li>22: data
     *   <li>23, 27, 44: constraints
     *   <li>24, 25, 2D, 34, 3B: the order of cursors, transactions and savepoints
     *   <li>26: names of prepared statements
     *   <li>42: syntax
     * </ul>
     */
    private static final Set<String> OWN_FAULTS = Set.of(
            "03", "09", "0A", "20", "21", "22", "23", "24", "25", "26", "27", "2D", "2F", "34", "38", "39", "3B", "42",
            "44");

    /**
     * States in those classes that are not Kerbearer's fault. The operator can fix the first four. A retry fixes the
     * last three.
     *
     * <ul>
     *   <li>25006: the database is read-only
     *   <li>25P03, 25P04: a time limit of the operator ended the connection or the transaction
     *   <li>42501: the role lacks a privilege, for example to connect
     *   <li>0A000: a schema change made a plan stale
     *   <li>26000, 42P05: a prepared statement is missing or already exists on a connection from a pooler
     * </ul>
     */
    private static final Set<String> EXCEPTIONS = Set.of("0A000", "25006", "25P03", "25P04", "26000", "42501", "42P05");

    private static final String UNIQUE_VIOLATION = "23505";

    private SqlState() {}

    /** Returns whether Kerbearer sent a wrong statement, so that a retry cannot help. */
    static boolean isOwnFault(@Nullable String state) {
        // The connection pool's own exceptions (no connection in time, pool closed) have no state.
        return state != null
                && state.length() == 5
                && OWN_FAULTS.contains(state.substring(0, 2))
                && !EXCEPTIONS.contains(state);
    }

    static boolean isUniqueViolation(@Nullable String state) {
        return UNIQUE_VIOLATION.equals(state);
    }
}
