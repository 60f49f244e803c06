package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.persistence.PreparedData;
import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the packaged application starts, and when it refuses to. */
class StartIT {

    @TempDir
    static Path shared;

    private static EmbeddedDatabase database;
    private static RunningKerbearer unconfigured;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        database = PreparedData.start(shared.resolve("database"));
        unconfigured = RunningKerbearer.startOnWhatIsThere(
                shared.resolve("unconfigured"),
                Map.of(),
                // The variables that Kubernetes sets for a service called kerbearer.
                Map.of("KERBEARER_SERVICE_HOST", "10.0.0.1", "KERBEARER_PORT", "tcp://10.0.0.1:8080"));
    }

    @AfterAll
    static void end() {
        unconfigured.close();
        database.close();
    }

    @Test
    void itStartsWithNoConfigurationAtAll() throws IOException {
        assertThat(RawHttp.get(unconfigured.port(), "/vedauth/authorize/isAuthServer")
                        .send()
                        .status())
                .isEqualTo(202);
        assertThat(RawHttp.post(unconfigured.port(), Practice.AUTHORIZE).send().status())
                .isEqualTo(401);
        assertThat(unconfigured.output())
                .contains("Database: jdbc:postgresql://127.0.0.1:")
                .contains("no keytab is configured")
                .contains("No realm is mapped to a provider");
        Path data = shared.resolve("unconfigured/data");
        assertThat(data.resolve("postgresql")).isDirectory();
        Path key = data.resolve("keys/current");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(unconfigured.output()).doesNotContain(Files.readString(key));
    }

    @Test
    void theDoctorExaminesTheRunningServiceAndItsDatabase() throws Exception {
        Path none = shared.resolve("none");
        DoctorVisit visit = DoctorVisit.to(
                shared.resolve("unconfigured"),
                none,
                none,
                Map.of("quarkus.http.port", Integer.toString(unconfigured.port())));
        assertThat(visit.said())
                .containsPattern("good +The database jdbc:postgresql://127.0.0.1:\\d+/postgres answers .*, with"
                        + " Kerbearer's schema of version ")
                .containsPattern(
                        "good +The issuer http://localhost:" + unconfigured.port() + " answers at its address");
        DoctorVisit other = DoctorVisit.to(
                shared.resolve("unconfigured"),
                none,
                none,
                Map.of("kerbearer.public-url", "http://127.0.0.1:" + unconfigured.port()));
        assertThat(other.said())
                .containsPattern("wrong +The service at the issuer's address http://127.0.0.1:\\d+ has the issuer"
                        + " http://localhost:" + unconfigured.port());
    }

    @Test
    void aPortThatIsInUseIsNamedWithItsKey() {
        String taken = Integer.toString(unconfigured.port());
        assertThat(refusedStart(Map.of("quarkus.http.port", taken)))
                .contains("quarkus.http.port: the port " + taken + " of ");
    }

    @Test
    void anUnknownKeyIsReportedFirst() {
        assertThat(refusedStart(Map.of("kerbearer.publicurl", "https://auth.example.com")))
                .startsWith("Kerbearer does not start: kerbearer.publicurl is no key of Kerbearer; the nearest one is"
                        + " kerbearer.public-url");
    }

    @Test
    void anUnknownEnvironmentVariableCausesOnlyAWarning() {
        assertThat(RawHttp.get(unconfigured.port(), Practice.VERIFY).send().status())
                .isEqualTo(401);
        assertThat(unconfigured.output()).contains("KERBEARER_SERVICE_HOST");
    }

    @Test
    void aSecondStartOnTheSameFolderIsRefused() {
        assertThat(RunningKerbearer.refusedStart(shared.resolve("unconfigured"), Map.of()))
                .contains("in use by another Kerbearer (process "
                        + unconfigured.process().pid() + ")")
                .contains("kerbearer.data-dir");
        assertThat(RawHttp.get(unconfigured.port(), Practice.VERIFY).send().status())
                .isEqualTo(401);
    }

    @Test
    void thePackageDoesNotContainThePracticeRealm() throws IOException {
        try (RunningKerbearer kerbearer = RunningKerbearer.start(folder, Map.of("quarkus.profile", "dev"))) {
            assertThat(kerbearer.output()).doesNotContain("Practice realm").contains("no keytab is configured");
            assertThat(folder.resolve("data/practice")).doesNotExist();
        }
        try (var libraries = Files.walk(PackagedProgram.folder())) {
            assertThat(libraries.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("kerby"));
        }
    }

    /** One case of each kind, for each place that refuses. {@link RefusedStartTest} covers which values are refused. */
    @ParameterizedTest(name = "{0}={1} stops the start")
    @CsvSource(delimiter = '|', textBlock = """
            kerbearer.database                    | external      | quarkus.datasource.jdbc.url
            kerbearer.nonsense                    | 1             | Kerbearer does not start: kerbearer.nonsense is no key
            kerbearer.settings.access-validity    | 4000d         | kerbearer.settings.access-validity
            kerbearer.tokens.signing.overlap      | 299s          | kerbearer.tokens.signing.overlap is to be PT5M at least
            kerbearer.upkeep-interval             | 61s           | kerbearer.upkeep-interval
            kerbearer.public-url                  | /here         | kerbearer.public-url
            kerbearer.realms."A.EXAMPLE".provider | nowhere       | kerbearer.realms."A.EXAMPLE".provider
            kerbearer.ntlm.authority              | samba         | it must be local or winbind
            kerbearer.ntlm.authority              | winbind       | kerbearer.ntlm.
            """)
    void aWrongKeyIsNamed(String key, String value, String named) {
        Map<String, String> configuration = new TreeMap<>(Map.of(key, value));
        if (key.startsWith("kerbearer.ntlm.")) {
            configuration.put("kerbearer.ntlm.enabled", "true");
        }
        assertThat(refusedStart(configuration))
                .contains("Kerbearer does not start: ")
                .contains(named);
    }

    @ParameterizedTest(name = "{0}, line {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            integrations     | 1 | no provider knows the trustee local:nobody | {"id":"a","scope":"ssh","access":[{"trustee":"local:nobody"}]}
            resource-servers | 2 | gone is missing or cannot be read          | [~{"id":"files","secret":"file:gone"}]
            identities       | 2 | the group local:g cannot be created: a user has this name | [{"name":"g"},~{"name":"b","groups":["g"]}]
            """)
    void aBadImportFileStopsTheStartWithFileLineAndReason(String kind, int line, String reason, String content)
            throws IOException {
        Path file = Files.writeString(folder.resolve("import.json"), content.replace('~', '\n'));
        assertThat(refusedStart(Map.of("kerbearer." + kind + ".import", file.toString())))
                .contains(file + ", line " + line + ": ")
                .contains(reason);
    }

    @Test
    void importsUpdateAndNeverDelete() throws Exception {
        Path file = folder.resolve("integrations.json");
        Map<String, String> configuration = Map.of("kerbearer.integrations.import", file.toString());
        Files.writeString(file, "[{\"ID\":\"a\",\"Scope\":\"ssh\",\"Access\":[]},{\"id\":\"b\",\"scope\":\"ssh\"}]");
        RunningKerbearer.start(folder, configuration).close();
        Files.writeString(file, "{\"id\":\"b\",\"scope\":\"ssh:manage\"}");
        try (RunningKerbearer again = RunningKerbearer.start(folder, configuration);
                EmbeddedTables tables = EmbeddedTables.of(folder.resolve("data"))) {
            assertThat(again.output()).doesNotContain("does not start");
            assertThat(tables.row("select string_agg(id || ' ' || scope, ', ' order by id) from api_integrations"))
                    .containsExactly("a ssh, b ssh:manage");
        }
    }

    /** The test upgrades the database of the running node as a later version would. */
    @Test
    void aNodeStartsAndRunsOnTheSchemaOfALaterVersion() throws Exception {
        Path data = shared.resolve("unconfigured/data");
        try (EmbeddedTables tables = EmbeddedTables.of(data)) {
            tables.change("alter table grants add column added_later text", """
                    insert into flyway_schema_history
                      (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    values (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 1, 'postgres', 1, true)
                    """);
            Map<String, String> sameDatabase = Map.of(
                    "quarkus.datasource.jdbc.url",
                    tables.connection().getMetaData().getURL(),
                    "quarkus.datasource.username",
                    "postgres",
                    "quarkus.datasource.password",
                    Files.readString(data.resolve("postgresql.password")),
                    "kerbearer.keys.current",
                    Files.readString(data.resolve("keys/current")));
            try (RunningKerbearer older = RunningKerbearer.start(folder, sameDatabase)) {
                assertThat(older.output())
                        .contains("has a version (9999) that is newer than the latest available migration");
                for (RunningKerbearer node : List.of(older, unconfigured)) {
                    assertThat(RawHttp.get(node.managementPort(), "/q/health/ready")
                                    .send()
                                    .status())
                            .isEqualTo(200);
                }
            }
        }
    }

    /** Uses one database for all cases, so that each case only starts a node. */
    private static String refusedStart(Map<String, String> configuration) {
        Map<String, String> all = new TreeMap<>(configuration);
        if (!configuration.containsKey("kerbearer.database")) {
            all.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
            all.put("quarkus.datasource.username", database.username());
            all.put("quarkus.datasource.password", database.password());
        }
        return RunningKerbearer.refusedStart(shared, all);
    }
}
