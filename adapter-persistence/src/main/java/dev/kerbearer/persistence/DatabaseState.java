package dev.kerbearer.persistence;

import dev.kerbearer.persistence.sql.RequiredDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The state of a database, for a diagnosis. Reading the state changes nothing in the database.
 *
 * @param version the version of PostgreSQL
 * @param unmet the requirement that the database does not meet, with its fix; empty if it meets all of them
 * @param readOnly whether the database accepts no writes, like a standby
 * @param schema the version of Kerbearer's schema; empty before the first start
 * @param mayCreate whether the role may create tables
 */
public record DatabaseState(
        String version, Optional<String> unmet, boolean readOnly, Optional<String> schema, boolean mayCreate) {

    private static final int SECONDS = 5;

    private static final String LOOK = """
            select current_setting('server_version'), current_setting('server_version_num')::int,
                   current_setting('server_encoding'), current_database(),
                   current_setting('transaction_read_only') = 'on',
                   to_regclass('flyway_schema_history') is not null,
                   coalesce(has_schema_privilege(current_schema(), 'create'), false)
            """;
    private static final String SCHEMA =
            "select version from flyway_schema_history where success and version is not null"
                    + " order by installed_rank desc limit 1";

    /** Returns a source of connections without a pool, which gives up after a few seconds. */
    public static DataSource source(String jdbcUrl, Optional<String> user, Optional<String> password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        user.ifPresent(source::setUser);
        password.ifPresent(source::setPassword);
        source.setConnectTimeout(SECONDS);
        source.setLoginTimeout(SECONDS);
        source.setSocketTimeout(SECONDS);
        return source;
    }

    /**
     * Reads the state of a database.
     *
     * @throws SQLException if the database does not answer, or refuses the login
     */
    public static DatabaseState of(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LOOK)) {
            row.next();
            return new DatabaseState(
                    row.getString(1),
                    unmet(new RequiredDatabase(row.getString(1), row.getInt(2), row.getString(3), row.getString(4))),
                    row.getBoolean(5),
                    row.getBoolean(6) ? schema(connection) : Optional.empty(),
                    row.getBoolean(7));
        }
    }

    private static Optional<String> unmet(RequiredDatabase database) {
        try {
            database.check();
            return Optional.empty();
        } catch (IllegalStateException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    private static Optional<String> schema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SCHEMA)) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }
}
