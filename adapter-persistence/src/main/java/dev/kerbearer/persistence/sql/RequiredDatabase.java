package dev.kerbearer.persistence.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Checks that a database meets the requirements: PostgreSQL 15 or newer, and UTF-8 encoding, because names of people
 * and integrations can contain any character.
 *
 * @param version the server's version text
 * @param versionNumber the version as a number, like 150004
 * @param encoding the encoding of the database
 * @param name the name of the database
 */
public record RequiredDatabase(String version, int versionNumber, String encoding, String name) {

    private static final int OLDEST = 15;
    private static final int VERSION_UNIT = 10_000;

    private static final String QUERY = """
            select current_setting('server_version'), current_setting('server_version_num')::int,
                   current_setting('server_encoding'), current_database()
            """;

    /**
     * Checks the database before anything is changed in it. Does nothing if the database cannot be reached; the next
     * user of it gets the error.
     *
     * @throws IllegalStateException if a requirement is not met; the message says how to fix it
     */
    public static void check(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            new RequiredDatabase(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)).check();
        } catch (SQLException away) {
            return;
        }
    }

    public void check() {
        if (versionNumber / VERSION_UNIT < OLDEST) {
            throw new IllegalStateException("The database is PostgreSQL " + version + ", and Kerbearer needs version "
                    + OLDEST + " or newer: upgrade it, or set quarkus.datasource.jdbc.url to another");
        }
        if (!encoding.equals("UTF8")) {
            throw new IllegalStateException("The database " + name + " is encoded in " + encoding
                    + ", and Kerbearer needs UTF8, because names can hold any character. Make another one,"
                    + " create database kerbearer owner kerbearer encoding 'UTF8' template template0;"
                    + " and set quarkus.datasource.jdbc.url to it");
        }
    }
}
