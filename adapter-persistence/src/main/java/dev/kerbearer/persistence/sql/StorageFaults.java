package dev.kerbearer.persistence.sql;

import dev.kerbearer.domain.port.Unavailable;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a database that cannot serve now from one that is asked for something wrong, whoever wraps its exceptions. */
public final class StorageFaults {

    private StorageFaults() {}

    /** Something done in storage. */
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

    /** Whether a uniqueness rule of the schema refused it. */
    public static boolean isUniqueViolation(Throwable fault) {
        SQLException cause = sqlCause(fault);
        return cause != null && SqlState.isUniqueViolation(cause.getSQLState());
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
