package dev.kerbearer.persistence.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs the few statements that every request needs, each a transaction of its own and one journey to the database,
 * without an object-relational mapper between.
 */
public final class Statements {

    private final DataSource database;

    public Statements(DataSource database) {
        this.database = database;
    }

    /** What is done with a statement that is ready to run. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Bound statement) throws SQLException;
    }

    /**
     * Prepares the statement and does the work with it.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where the database is away
     */
    public <T> T run(String sql, Work<T> work) {
        return StorageFaults.translated(() -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                return work.run(new Bound(statement));
            }
        });
    }

    /** A statement whose parameters are given one after another, in the order they stand in its text. */
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
