package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A database that is running but no longer accepts the service's login, or is read-only. It is an outage like any
 * other.
 */
class RefusedLoginIT {

    private static final String ROLE_PASSWORD = "what the operator gave the role";

    private static Practice practice;
    private static OperatorsPostgres server;
    private static RunningKerbearer node;
    private static Answer grant;

    @BeforeAll
    static void start() throws SQLException {
        practice = Practice.start();
        server = OperatorsPostgres.start(practice.folder("server"));
        // As docs/operations.md shows.
        operator("create role kerbearer login password '" + ROLE_PASSWORD + "'");
        operator("create database kerbearer owner kerbearer encoding 'UTF8' template template0");
        node = RunningKerbearer.start(practice.folder("node"), configuration("kerbearer"));
        grant = practice.aliceAuthorizes(node.port());
    }

    @AfterAll
    static void stop() {
        node.close();
        server.close();
        practice.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            alter role kerbearer password 'another'                  | alter role kerbearer password 'what the operator gave the role'
            alter role kerbearer valid until '2001-01-01'            | alter role kerbearer valid until 'infinity'
            alter role kerbearer nologin                             | alter role kerbearer login
            alter role kerbearer connection limit 0                  | alter role kerbearer connection limit -1
            alter database kerbearer allow_connections false         | alter database kerbearer allow_connections true
            revoke connect on database kerbearer from public, kerbearer | grant connect on database kerbearer to public, kerbearer
            """)
    void callsAreAnsweredIfTheDatabaseRefusesTheLogin(String refusal, String mend) throws SQLException {
        assertOutageUntil(mend, refusal);
    }

    /** A database can be renamed only while nothing is connected to it. */
    @Test
    void callsAreAnsweredIfTheDatabaseWasRenamed() throws SQLException {
        operator("alter role kerbearer nologin");
        cutOff();
        assertOutageUntil(
                "alter database moved rename to kerbearer",
                "alter database kerbearer rename to moved",
                "alter role kerbearer login");
    }

    /** As docs/wire.md and docs/operations.md say. */
    @Test
    void withAReadOnlyDatabaseTokensAreVerifiedAndNoneIsIssued() throws SQLException {
        operator("alter role kerbearer set default_transaction_read_only = on");
        try {
            cutOff();
            StorageAway.assertNotRecorded(practice.aliceAuthorizes(node.port()));
            StorageAway.assertCannotAnswer(refresh());
            StorageAway.assertCannotAnswer(Practice.revoke(node.port(), grant.accessToken()));
            assertThat(Practice.verify(node.port(), grant.accessToken()).status())
                    .isEqualTo(200);
            assertThat(RawHttp.get(node.managementPort(), "/q/health/ready")
                            .send()
                            .status())
                    .isEqualTo(503);
        } finally {
            operator("alter role kerbearer reset default_transaction_read_only");
            cutOff();
        }
        StorageAway.assertRecovers(practice, node);
    }

    /** The log has PostgreSQL's message, so that the operator can fix it. */
    @Test
    void theLogHasTheDatabasesMessage() throws Exception {
        operator("alter role kerbearer password 'another'");
        try {
            cutOff();
            StorageAway.assertCannotAnswer(Practice.verify(node.port(), grant.accessToken()));
            node.awaitWords("password authentication failed for user \"kerbearer\"");
        } finally {
            operator("alter role kerbearer password '" + ROLE_PASSWORD + "'");
        }
        StorageAway.assertRecovers(practice, node);
    }

    /** The password comes from a file, which is replaced by a rename as Kubernetes does it. */
    @Test
    void aChangedPasswordFileNeedsNoRestart() throws Exception {
        SeenSecrets.text("the first of the role of files");
        SeenSecrets.text("the second of the role of files");
        operator("create role files login password 'the first of the role of files'");
        operator("create database files owner files encoding 'UTF8' template template0");
        Path secrets = practice.folder("secrets");
        Path file = secrets.resolve("quarkus.datasource.password");
        Files.writeString(file, "the first of the role of files\n");
        Map<String, String> configuration = configuration("files");
        configuration.put("quarkus.datasource.username", "files");
        configuration.remove("quarkus.datasource.password");
        configuration.put("kerbearer.secrets-dir", secrets.toString());
        RunningKerbearer files = RunningKerbearer.start(practice.folder("files"), configuration);
        try {
            String token = practice.aliceAuthorizes(files.port()).accessToken();
            operator("alter role files password 'the second of the role of files'");
            cutOff("files");
            StorageAway.assertAnswered(practice, files, token);
            Path next =
                    Files.writeString(practice.folder("next").resolve("password"), "the second of the role of files\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            StorageAway.assertRecovers(practice, files);
            assertThat(Practice.verify(files.port(), token).status()).isEqualTo(200);
        } finally {
            // Not closed with close(), because its database dump would need the password in the configuration.
            files.terminate();
            files.awaitItsEnd();
        }
    }

    @Test
    void aDatabaseOfAnotherEncodingStopsTheStart() throws SQLException {
        operator("create database latin owner kerbearer encoding 'LATIN1' template template0");
        assertThat(RunningKerbearer.refusedStart(practice.folder("latin"), configuration("latin")))
                .contains("Kerbearer does not start: ")
                .contains("The database latin is encoded in LATIN1")
                .contains("create database kerbearer owner kerbearer encoding 'UTF8' template template0;");
        try (Connection connection = DriverManager.getConnection(url("latin"), "kerbearer", ROLE_PASSWORD);
                Statement statement = connection.createStatement();
                var tables = statement.executeQuery("select from pg_tables where schemaname = 'public'")) {
            assertThat(tables.next()).as("tables in the database").isFalse();
        }
    }

    private static void assertOutageUntil(String mend, String... refusals) throws SQLException {
        try {
            for (String refusal : refusals) {
                operator(refusal);
            }
            cutOff();
            StorageAway.assertAnswered(practice, node, grant.accessToken());
            StorageAway.assertCannotAnswer(refresh());
        } finally {
            operator(mend);
        }
        StorageAway.assertRecovers(practice, node);
        assertThat(Practice.verify(node.port(), grant.accessToken()).status()).isEqualTo(200);
    }

    private static Answer refresh() {
        return RawHttp.post(node.port(), Practice.TOKEN)
                .json("{\"client_id\":\"sample-client\",\"refresh_token\":\""
                        + grant.json().path("refresh_token").asText() + "\"}")
                .send();
    }

    private static Map<String, String> configuration(String database) {
        Map<String, String> configuration = practice.configuration();
        configuration.put("quarkus.datasource.jdbc.url", url(database));
        configuration.put("quarkus.datasource.username", "kerbearer");
        configuration.put("quarkus.datasource.password", ROLE_PASSWORD);
        return configuration;
    }

    private static String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
    }

    /** Ends open connections, because they do not notice a change. */
    private static void cutOff() throws SQLException {
        cutOff("kerbearer");
    }

    private static void cutOff(String role) throws SQLException {
        operator("select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = '" + role + "'");
    }

    private static void operator(String sql) throws SQLException {
        Map<String, String> login = server.configured(practice.configuration());
        try (Connection connection = DriverManager.getConnection(
                        login.get("quarkus.datasource.jdbc.url"),
                        login.get("quarkus.datasource.username"),
                        login.get("quarkus.datasource.password"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
