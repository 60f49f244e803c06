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
     * Classes that only a wrong statement or a wrong value causes: an unfinished statement (03), unsupported features
     * (0A), triggers and routines (09, 2F, 38, 39), cases and cardinality (20, 21), data (22), constraints (23, 27,
     * 44), cursors, transactions and savepoints in a wrong order (24, 25, 2D, 34, 3B), names of prepared statements
     * (26), and syntax (42).
     */
    private static final Set<String> OWN_FAULTS = Set.of(
            "03", "09", "0A", "20", "21", "22", "23", "24", "25", "26", "27", "2D", "2F", "34", "38", "39", "3B", "42",
            "44");

    /**
     * States in those classes that are not Kerbearer's fault: a read-only database (25006), a transaction or connection
     * that the operator's time limits ended (25P03, 25P04), and missing privileges of the role, including the privilege
     * to connect (42501). Three more succeed on retry: a plan made stale by a schema change (0A000), and a prepared
     * statement that is missing or already exists on a connection from a pooler (26000, 42P05).
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
