package dev.kerbearer.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads and changes the embedded database of a running node directly. */
final class EmbeddedTables implements AutoCloseable {

    private final Connection connection;

    private EmbeddedTables(Connection connection) {
        this.connection = connection;
    }

    /** Opens the tables in that data folder. */
    static EmbeddedTables of(Path data) throws IOException, SQLException {
        int port = Postmaster.of(data.resolve("postgresql")).port();
        String password = Files.readString(data.resolve("postgresql.password"));
        return new EmbeddedTables(
                DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", password));
    }

    /** Returns the only row of the query's result, as text. */
    List<String> row(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new AssertionError("no row: " + query);
            }
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                columns.add(row.getString(i));
            }
            return columns;
        }
    }

    /** Returns the first column of every row of the query's result. */
    List<String> texts(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    /** Runs statements that return nothing. */
    void change(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** Returns a connection for longer use; it is closed with this object. */
    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
