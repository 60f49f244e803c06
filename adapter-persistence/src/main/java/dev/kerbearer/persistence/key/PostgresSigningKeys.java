package dev.kerbearer.persistence.key;

import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.SealedSigningKey;
import dev.kerbearer.domain.key.SigningKeyId;
import dev.kerbearer.domain.port.SigningKeys;
import dev.kerbearer.persistence.sql.StorageFaults;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Signing keys in the table {@code signing_keys}. */
public final class PostgresSigningKeys implements SigningKeys {

    private static final String ALL =
            "select id, public_key, sealed_key, sealed_under, active_from from signing_keys order by active_from";

    private static final String PUT = """
            insert into signing_keys (id, public_key, sealed_key, sealed_under, active_from) values (?, ?, ?, ?, ?)
            on conflict (id) do update set sealed_key = excluded.sealed_key, sealed_under = excluded.sealed_under
            """;

    private final DataSource database;

    public PostgresSigningKeys(DataSource database) {
        this.database = database;
    }

    @Override
    public List<SealedSigningKey> all() {
        return StorageFaults.translated(() -> {
            try (Connection connection = database.getConnection()) {
                return all(connection);
            }
        });
    }

    @Override
    public List<SealedSigningKey> change(UnaryOperator<List<SealedSigningKey>> change) {
        return StorageFaults.translated(() -> {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    List<SealedSigningKey> kept = changed(change, connection);
                    connection.commit();
                    return kept;
                } finally {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        });
    }

    private static List<SealedSigningKey> changed(UnaryOperator<List<SealedSigningKey>> change, Connection transaction)
            throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            // If several nodes find no key at the same moment, one creates it. The others wait and see it.
            statement.execute("lock table signing_keys in share row exclusive mode");
        }
        List<SealedSigningKey> before = all(transaction);
        List<SealedSigningKey> wanted = change.apply(before);
        for (SealedSigningKey key : before) {
            if (wanted.stream().noneMatch(other -> other.id().equals(key.id()))) {
                remove(key, transaction);
            }
        }
        for (SealedSigningKey key : wanted) {
            if (!before.contains(key)) {
                put(key, transaction);
            }
        }
        return all(transaction);
    }

    private static List<SealedSigningKey> all(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ALL)) {
            List<SealedSigningKey> keys = new ArrayList<>();
            while (row.next()) {
                keys.add(new SealedSigningKey(
                        new SigningKeyId(row.getString("id")),
                        row.getBytes("public_key"),
                        row.getBytes("sealed_key"),
                        new KeyId(row.getString("sealed_under")),
                        row.getTimestamp("active_from").toInstant()));
            }
            return keys;
        }
    }

    private static void remove(SealedSigningKey key, Connection transaction) throws SQLException {
        try (PreparedStatement delete = transaction.prepareStatement("delete from signing_keys where id = ?")) {
            delete.setString(1, key.id().value());
            delete.executeUpdate();
        }
    }

    private static void put(SealedSigningKey key, Connection transaction) throws SQLException {
        try (PreparedStatement put = transaction.prepareStatement(PUT)) {
            put.setString(1, key.id().value());
            put.setBytes(2, key.publicKey());
            put.setBytes(3, key.sealedKey());
            put.setString(4, key.sealedUnder().value());
            put.setTimestamp(5, Timestamp.from(key.activeFrom()));
            put.executeUpdate();
        }
    }
}
