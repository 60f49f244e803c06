package dev.kerbearer.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import dev.kerbearer.persistence.sql.RequiredDatabase;
import dev.kerbearer.persistence.sql.Statements;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The errors of PostgreSQL for a role that may no longer log in, and how Kerbearer reports them. */
class RefusedLoginTest {

    private static final String PASSWORD = "kept where the operator keeps it";

    @TempDir
    static Path folder;

    private static EmbeddedDatabase server;

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedDatabase.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void make() throws SQLException {
        operator("drop database if exists tokens with (force)");
        operator("drop database if exists renamed with (force)");
        operator("drop database if exists latin");
        operator("drop role if exists service");
        operator("create role service login password '" + PASSWORD + "'");
        operator("create database tokens owner service encoding 'UTF8' template template0");
        database.setUrl(server.jdbcUrl().replaceFirst("/postgres$", "/tokens"));
        database.setUser("service");
        database.setPassword(PASSWORD);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            28P01, alter role service password 'another'
            28P01, alter role service valid until '2001-01-01'
            28000, alter role service nologin
            28P01, alter role service rename to former
            3D000, alter database tokens rename to renamed
            55000, alter database tokens allow_connections false
            53300, alter database tokens connection limit 0
            53300, alter role service connection limit 0
            42501, revoke connect on database tokens from public; revoke connect on database tokens from service
            """)
    void aLoginThatIsRefusedIsAnOutage(String state, String statement) throws SQLException {
        assertThatCode(this::ask).doesNotThrowAnyException();
        try {
            operator(statement);
            assertThatThrownBy(this::ask)
                    .isInstanceOf(Unavailable.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            fault -> assertThat(fault.getSQLState())
                                    .as(fault.toString())
                                    .isEqualTo(state));
        } finally {
            operator("do $$ begin if exists (select from pg_roles where rolname = 'former')"
                    + " then alter role former rename to service; end if; end $$");
        }
    }

    /** Operators do this before an upgrade. */
    @Test
    void aReadOnlyDatabaseIsAnOutage() throws SQLException {
        execute("create table grants (id int)");
        operator("alter database tokens set default_transaction_read_only = on");
        assertOutage("insert into grants values (1)", "25006");
    }

    @Test
    void aStatementTimeoutIsAnOutage() throws SQLException {
        operator("alter role service set statement_timeout = '10ms'");
        assertOutage("select pg_sleep(10)", "57014");
    }

    @Test
    void aMissingPrivilegeIsAnOutage() throws SQLException {
        assertOutage("select rolpassword from pg_authid", "42501");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            42601, selekt 1
            42P01, select * from nowhere
            22P02, select 'x'::int
            22012, select 1 / 0
            23514, create domain small int check (value < 2); select 3::small
            """)
    void aWrongStatementIsAFaultOfKerbearers(String state, String statement) {
        assertThatThrownBy(() -> ask(statement))
                .isInstanceOf(IllegalStateException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        fault -> assertThat(fault.getSQLState()).isEqualTo(state));
    }

    private void assertOutage(String statement, String state) {
        assertThatThrownBy(() -> ask(statement))
                .isInstanceOf(Unavailable.class)
                .cause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        fault -> assertThat(fault.getSQLState()).isEqualTo(state));
    }

    @Test
    void aDatabaseOfAnotherEncodingIsRefused() throws SQLException {
        operator("create database latin owner service encoding 'LATIN1' template template0");
        database.setUrl(server.jdbcUrl().replaceFirst("/postgres$", "/latin"));
        assertThatThrownBy(() -> RequiredDatabase.check(database)).hasMessageContaining("latin is encoded in LATIN1");
    }

    @Test
    void aDatabaseThatIsCreatedAsDocumentedIsAccepted() {
        assertThatCode(() -> RequiredDatabase.check(database)).doesNotThrowAnyException();
    }

    private boolean ask() {
        return ask("select 1");
    }

    private boolean ask(String statement) {
        return new Statements(database).run(statement, bound -> bound.ready().execute());
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static void operator(String statement) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", server.username());
        login.setProperty("password", server.password());
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), login);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
