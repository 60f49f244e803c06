package dev.kerbearer.persistence;

import dev.kerbearer.domain.port.Unavailable;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away from one that refuses, whoever wraps its exceptions. */
final class StorageFaults {

    /**
     * SQLSTATE classes (PostgreSQL's appendix A) of a database that cannot serve now: connection lost, out of
     * resources (disk full is one), operator's intervention (shutdown is one), its own system's fault.
     */
    private static final Set<String> AWAY = Set.of("08", "53", "57", "58");

    private static final String READ_ONLY = "25006";
    private static final String UNIQUE_VIOLATION = "23505";

    private StorageFaults() {}

    /** Something done in storage. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws SQLException;
    }

    static <T> T translated(Call<T> call) {
        try {
            return call.run();
        } catch (SQLException | RuntimeException fault) {
            SQLException cause = sqlCause(fault);
            if (cause != null && isAway(cause)) {
                throw new Unavailable("storage", fault);
            }
            throw fault instanceof RuntimeException unchanged ? unchanged : new StorageFault(fault);
        }
    }

    /** Whether a uniqueness rule of the schema refused it. */
    static boolean isUniqueViolation(Throwable fault) {
        SQLException cause = sqlCause(fault);
        return cause != null && UNIQUE_VIOLATION.equals(cause.getSQLState());
    }

    private static boolean isAway(SQLException fault) {
        String state = fault.getSQLState();
        // The connection pool's own exceptions (no connection in time, pool closed) carry no state.
        return state == null || AWAY.contains(state.substring(0, 2)) || state.equals(READ_ONLY);
    }

    /** A commit that fails hides the database's exception among the suppressed ones. */
    private static @Nullable SQLException sqlCause(@Nullable Throwable fault) {
        if (fault == null || fault instanceof SQLException) {
            return (SQLException) fault;
        }
        SQLException found = sqlCause(fault.getCause());
        for (Throwable suppressed : fault.getSuppressed()) {
            found = found == null ? sqlCause(suppressed) : found;
        }
        return found;
    }

    /** A statement that PostgreSQL refuses is a fault of Kerbearer's. */
    private static final class StorageFault extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        StorageFault(Throwable cause) {
            super("PostgreSQL refused a statement", cause);
        }
    }
}
