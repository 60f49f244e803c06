package dev.kerbearer.persistence.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * What a database must be like: PostgreSQL 15 or newer, and encoded in UTF-8, because the names of people and
 * integrations can hold any character.
 *
 * @param version of the server, as it writes it
 * @param versionNumber the same as a number, like 150004
 * @param encoding of the database
 * @param name of the database
 */
public record RequiredDatabase(String version, int versionNumber, String encoding, String name) {

    private static final int OLDEST = 15;
    private static final int VERSION_UNIT = 10_000;

    private static final String QUERY = """
            select current_setting('server_version'), current_setting('server_version_num')::int,
                   current_setting('server_encoding'), current_database()
            """;

    /**
     * Looks at the database before anything is changed in it. One that cannot be reached is left to whoever uses it next.
     *
     * @throws IllegalStateException where it is not like that; the message says how to mend it
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
