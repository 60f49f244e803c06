package dev.kerbearer.persistence.sql;

import dev.kerbearer.domain.port.Unavailable;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Separates an unavailable database from a wrong statement, even if other exceptions wrap the SQL exception. */
public final class StorageFaults {

    private StorageFaults() {}

    /** A call to the storage. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws SQLException;
    }

    public static <T> T translated(Call<T> call) {
        try {
            return call.run();
        } catch (SQLException | RuntimeException fault) {
            SQLException cause = sqlCause(fault);
            if (cause != null && !SqlState.isOwnFault(cause.getSQLState())) {
                throw new Unavailable("storage", fault);
            }
            throw fault instanceof RuntimeException unchanged ? unchanged : new StorageFault(fault);
        }
    }

    /** Returns whether a uniqueness constraint of the schema rejected the statement. */
    public static boolean isUniqueViolation(Throwable fault) {
        SQLException cause = sqlCause(fault);
        return cause != null && SqlState.isUniqueViolation(cause.getSQLState());
    }

    /** Finds the SQL exception. A failed commit has it among its suppressed exceptions. */
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

    /** Means that PostgreSQL rejected a statement, which is a bug in Kerbearer. */
    private static final class StorageFault extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        StorageFault(Throwable cause) {
            super("PostgreSQL refused a statement", cause);
        }
    }
}
