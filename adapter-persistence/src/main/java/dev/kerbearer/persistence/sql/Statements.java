package dev.kerbearer.persistence.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs the few statements that every request needs, without an object-relational mapper. Each is its own transaction
 * and one round trip to the database.
 */
public final class Statements {

    private final DataSource database;

    public Statements(DataSource database) {
        this.database = database;
    }

    /** Uses a statement that is ready to run. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Bound statement) throws SQLException;
    }

    /**
     * Prepares the statement and passes it to the work.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if the database is unavailable
     */
    public <T> T run(String sql, Work<T> work) {
        return StorageFaults.translated(() -> {
            try (Connection connection = database.getConnection()) {
                return run(connection, sql, work);
            }
        });
    }

    /** Prepares the statement within a transaction that has begun, and passes it to the work. */
    public static <T> T run(Connection transaction, String sql, Work<T> work) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(sql)) {
            return work.run(new Bound(statement));
        }
    }

    /** A statement whose parameters are set one after another, in the order of its text. */
    public static final class Bound {

        private final PreparedStatement statement;
        private int index;

        private Bound(PreparedStatement statement) {
            this.statement = statement;
        }

        public Bound with(@Nullable Object value) throws SQLException {
            statement.setObject(++index, value);
            return this;
        }

        public Bound with(byte @Nullable [] value) throws SQLException {
            statement.setBytes(++index, value);
            return this;
        }

        public Bound with(Instant value) throws SQLException {
            statement.setTimestamp(++index, Timestamp.from(value));
            return this;
        }

        public PreparedStatement ready() {
            return statement;
        }
    }
}
