package dev.kerbearer.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * All rows of all tables of a node's database, as {@code COPY} writes them.
 *
 * @param tables number of tables
 * @param text the rows
 * @param digests of the issued tokens, in hex
 */
record DatabaseDump(int tables, String text, Set<String> digests) {

    private static final String TABLES = """
            select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
            where schemaname not in ('pg_catalog', 'information_schema')
            """;
    private static final String DIGESTS = """
            select encode(digest, 'hex')
            from grants cross join lateral
                 (values (access_digest), (refresh_digest), (former_access_digest)) as of_grant (digest)
            where digest is not null
            union
            select encode(digest, 'hex') from replaced_refresh_tokens
            """;

    /** Dumps the database of a node in that folder with this configuration. */
    static DatabaseDump of(Path folder, Map<String, String> configuration) {
        try (Connection connection = connect(folder, configuration)) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            List<String> tables = column(connection, TABLES);
            CopyManager copies = new CopyManager(connection.unwrap(BaseConnection.class));
            for (String table : tables) {
                text.writeBytes((table + "\n").getBytes(StandardCharsets.UTF_8));
                copies.copyOut("copy " + table + " to stdout", text);
            }
            return new DatabaseDump(
                    tables.size(), text.toString(StandardCharsets.UTF_8), new HashSet<>(column(connection, DIGESTS)));
        } catch (IOException | SQLException e) {
            throw new AssertionError("The node's database cannot be looked at for secrets", e);
        }
    }

    private static Connection connect(Path folder, Map<String, String> configuration) throws IOException, SQLException {
        String url = configuration.get("quarkus.datasource.jdbc.url");
        if (url != null) {
            return DriverManager.getConnection(
                    url,
                    configuration.get("quarkus.datasource.username"),
                    configuration.get("quarkus.datasource.password"));
        }
        Path data = folder.resolve(configuration.getOrDefault("kerbearer.data-dir", "data"));
        int port = Postmaster.of(data.resolve("postgresql")).port();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "postgres",
                Files.readString(data.resolve("postgresql.password")));
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
