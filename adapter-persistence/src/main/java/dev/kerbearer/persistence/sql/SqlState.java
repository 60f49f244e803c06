package dev.kerbearer.persistence.sql;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller can do about a SQLSTATE (PostgreSQL's appendix A): wait and ask again, or nothing, because Kerbearer has
 * asked for something wrong. Whatever is not known to be Kerbearer's own fault can be mended by the operator or passes
 * by itself, so that a caller never takes it for a refusal and throws a good token away.
 */
final class SqlState {

    /**
     * Classes of what only a wrong statement or a wrong value brings about: an unfinished statement (03), unsupported
     * features (0A), triggers and routines (09, 2F, 38, 39), cases and cardinality (20, 21), data (22), constraints (23,
     * 27, 44), cursors, transactions and savepoints in a wrong order (24, 25, 2D, 34, 3B), names of prepared statements
     * (26), and syntax (42).
     */
    private static final Set<String> OWN_FAULTS = Set.of(
            "03", "09", "0A", "20", "21", "22", "23", "24", "25", "26", "27", "2D", "2F", "34", "38", "39", "3B", "42",
            "44");

    /**
     * States of those classes that are none of Kerbearer's faults: a database that is read only (25006), a transaction or
     * connection that an operator's time limits ended (25P03, 25P04), and privileges that the role lacks, that of connecting
     * too (42501). Three more heal when the caller asks again: a plan that a change of the schema made stale (0A000), and a
     * prepared statement that is missing or there already on a connection which a pooler passed on (26000, 42P05).
     */
    private static final Set<String> EXCEPTIONS = Set.of("0A000", "25006", "25P03", "25P04", "26000", "42501", "42P05");

    private static final String UNIQUE_VIOLATION = "23505";

    private SqlState() {}

    /** Whether Kerbearer has asked for something wrong, so that asking again is of no use. */
    static boolean isOwnFault(@Nullable String state) {
        // The connection pool's own exceptions (no connection in time, pool closed) carry no state.
        return state != null
                && state.length() == 5
                && OWN_FAULTS.contains(state.substring(0, 2))
                && !EXCEPTIONS.contains(state);
    }

    static boolean isUniqueViolation(@Nullable String state) {
        return UNIQUE_VIOLATION.equals(state);
    }
}
