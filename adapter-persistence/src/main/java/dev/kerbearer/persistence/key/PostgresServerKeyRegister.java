package dev.kerbearer.persistence.key;

import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.port.ServerKeyRegister;
import dev.kerbearer.persistence.sql.StorageFaults;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** Fingerprints in the table {@code server_keys}. */
public final class PostgresServerKeyRegister implements ServerKeyRegister {

    private final DataSource database;

    public PostgresServerKeyRegister(DataSource database) {
        this.database = database;
    }

    @Override
    public Optional<KeyId> admit(ServerKeys keys) {
        return StorageFaults.translated(() -> {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                Optional<KeyId> missing = admit(keys, connection);
                connection.commit();
                connection.setAutoCommit(true);
                return missing;
            }
        });
    }

    @Override
    public Optional<KeyId> newest() {
        return StorageFaults.translated(() -> {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                return newest(statement);
            }
        });
    }

    private static Optional<KeyId> newest(Statement statement) throws SQLException {
        try (ResultSet newest = statement.executeQuery("select id from server_keys order by generation desc limit 1")) {
            return newest.next() ? Optional.of(new KeyId(newest.getString(1))) : Optional.empty();
        }
    }

    private static Optional<KeyId> admit(ServerKeys keys, Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            // If two nodes start on an empty database with different keys, one must see the other's.
            statement.execute("lock table server_keys in exclusive mode");
            Optional<KeyId> missing =
                    newest(statement).filter(id -> keys.find(id).isEmpty());
            if (missing.isPresent()) {
                return missing;
            }
        }
        try (PreparedStatement insert =
                transaction.prepareStatement("insert into server_keys (id) values (?) on conflict do nothing")) {
            insert.setString(1, keys.current().id().value());
            insert.executeUpdate();
        }
        return Optional.empty();
    }
}
