package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the packaged application starts, and how it refuses to. */
class StartIT {

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @Test
    void itStartsWithNoConfigurationAtAll() throws IOException {
        try (RunningKerbearer kerbearer = RunningKerbearer.start(folder, Map.of())) {
            assertThat(RawHttp.get(kerbearer.port(), "/vedauth/authorize/isAuthServer")
                            .send()
                            .status())
                    .isEqualTo(202);
            assertThat(RawHttp.post(kerbearer.port(), Practice.AUTHORIZE).send().status())
                    .isEqualTo(401);
            assertThat(kerbearer.output())
                    .contains("Database: jdbc:postgresql://127.0.0.1:")
                    .contains("No keytab is configured")
                    .contains("No realm is mapped to a provider");
            assertThat(folder.resolve("data/postgresql")).isDirectory();
            Path key = folder.resolve("data/keys/current");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
            assertThat(kerbearer.output()).doesNotContain(Files.readString(key));
        }
    }

    @Test
    void thePracticeRealmIsNoPartOfIt() throws IOException {
        try (RunningKerbearer kerbearer = RunningKerbearer.start(folder, Map.of("quarkus.profile", "dev"))) {
            assertThat(kerbearer.output()).doesNotContain("Practice realm").contains("No keytab is configured");
            assertThat(folder.resolve("data/practice")).doesNotExist();
        }
        try (var libraries = Files.walk(Path.of("target/quarkus-app"))) {
            assertThat(libraries.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("kerby"));
        }
    }

    @Test
    void aSecondStartOnTheSameFolderIsRefused() {
        try (RunningKerbearer first = RunningKerbearer.start(folder, Map.of())) {
            assertThat(RunningKerbearer.refusedStart(folder, Map.of()))
                    .contains("in use by another Kerbearer (process "
                            + first.process().pid() + ")")
                    .contains("kerbearer.data-dir");
            assertThat(RawHttp.get(first.port(), Practice.VERIFY).send().status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest(name = "{0}={1} stops the start")
    @CsvSource(delimiter = '|', textBlock = """
            kerbearer.database                          | external  | quarkus.datasource.jdbc.url
            kerbearer.database                          | elsewhere | embedded or external
            kerbearer.nonsense                          | 1         | kerbearer.nonsense
            kerbearer.settings.access-validity          | soon      | kerbearer.settings.access-validity
            kerbearer.settings.grant-validity           | 11y       | kerbearer.settings.grant-validity
            kerbearer.settings.unused-expiry            | PT-1H     | kerbearer.settings.unused-expiry
            kerbearer.settings.access-validity          | 4000d     | kerbearer.settings.access-validity
            kerbearer.tokens.signing.overlap            | 299s      | kerbearer.tokens.signing.overlap is to be PT5M at least
            kerbearer.tokens.signing.rotation           | 2h        | kerbearer.tokens.signing.rotation is to be longer than
            kerbearer.insecure-http                     | perhaps   | kerbearer.insecure-http
            kerbearer.public-url                        | /here     | kerbearer.public-url
            kerbearer.realms."A.EXAMPLE".provider       | nowhere   | kerbearer.realms."A.EXAMPLE".provider
            kerbearer.identities.import                 | gone.json | gone.json
            """)
    void aKeyThatIsWrongIsNamed(String key, String value, String named) {
        assertThat(refusedStart(key, value))
                .contains("Kerbearer does not start: ")
                .contains(named);
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            kerbearer.ntlm.authority         | samba           | it can be local or winbind
            kerbearer.ntlm.authority         | winbind         | set kerbearer.directories.<NAME>.url
            kerbearer.ntlm.winbind.program   | /none/ntlm_auth | install winbind
            kerbearer.ntlm.winbind.program   | /dev/null       | install winbind
            kerbearer.ntlm.winbind.processes | 0               | processes: 1 to 64
            kerbearer.ntlm.winbind.timeout   | 0s              | timeout: longer than nothing
            """)
    void ntlmThatCannotWorkStopsTheStart(String key, String value, String mend) {
        Map<String, String> configuration = new TreeMap<>(Map.of(
                "kerbearer.data-dir",
                shared.resolve("data").toString(),
                "kerbearer.ntlm.enabled",
                "true",
                "kerbearer.ntlm.authority",
                "winbind",
                // A program that is there on every machine; it is not started.
                "kerbearer.ntlm.winbind.program",
                "/bin/sh"));
        configuration.put(key, value);
        assertThat(RunningKerbearer.refusedStart(shared, configuration))
                .contains("Kerbearer does not start: ")
                .contains("kerbearer.ntlm.")
                .contains(mend);
    }

    @ParameterizedTest(name = "{0}, line {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            integrations | 2 | unknown member "scoope"                      | [{"id":"a",~ "scoope":"certificate"}]
            integrations | 2 | the member "scope" is missing                | [~{"id":"a"}]
            integrations | 3 | The scope is malformed                       | [{"id":"b","scope":"ssh"},~~{"id":"a","scope":"1"}]
            integrations | 1 | no provider knows the trustee local:nobody   | {"id":"a","scope":"ssh","access":[{"trustee":"local:nobody"}]}
            integrations | 1 | a validity is 1 to 315360000                 | {"id":"a","scope":"ssh","accessValidity":0}
            integrations | 2 | Duplicate                                    | {"id":"a",~"id":"b","scope":"ssh"}
            integrations | 2 | Duplicate                                    | {"id":"a",~"ID":"b","scope":"ssh"}
            integrations | 2 | something follows                            | [{"id":"b","scope":"ssh"}]~[{"id":"a","scope":"ssh"}]
            integrations | 1 | neither an object nor an array               | 7
            integrations | 2 | neither an object nor an array               | [{"id":"b","scope":"ssh"},~null]
            integrations | 1 | id                                           | {"id":7,"scope":"ssh"}
            identities   | 1 | groups                                       | {"name":"a","groups":[null]}
            integrations | 1 | Unrecognized token                           | nonsense
            resource-servers | 1 | the member "secret" is missing           | {"id":"files"}
            resource-servers | 1 | is not sha256: and 64 hexadecimal digits | {"id":"files","secret":"sha256:12"}
            resource-servers | 1 | neither file: nor sha256:                | {"id":"files","secret":"guess"}
            resource-servers | 2 | gone is missing or cannot be read        | [~{"id":"files","secret":"file:gone"}]
            identities   | 1 | alice has no realm                           | [{"name":"alice","principals":["alice"]}]
            identities   | 1 | the guid 12 is none                          | [{"name":"alice","guid":"12"}]
            identities   | 1 | unknown member "colour"                      | {"name":"alice","colour":"red"}
            identities   | 2 | is another identity's                        | [{"name":"a","principals":["x@R"]},~{"name":"b","principals":["x@R"]}]
            """)
    void aBadImportFileStopsTheStartWithFileLineAndReason(String kind, int line, String reason, String content)
            throws IOException {
        Path file = Files.writeString(folder.resolve("import.json"), content.replace('~', '\n'));
        assertThat(refusedStart("kerbearer." + kind + ".import", file.toString()))
                .contains(file + ", line " + line + ": ")
                .contains(reason);
    }

    @Test
    void importsAreBroughtUpToDateAndNothingIsDeleted() throws Exception {
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

    @Test
    void anUnknownEnvironmentVariableOnlyWarns() {
        // As Kubernetes makes them for a service called kerbearer.
        try (RunningKerbearer kerbearer = RunningKerbearer.start(
                folder,
                Map.of(),
                Map.of("KERBEARER_SERVICE_HOST", "10.0.0.1", "KERBEARER_PORT", "tcp://10.0.0.1:8080"))) {
            assertThat(RawHttp.get(kerbearer.port(), Practice.VERIFY).send().status())
                    .isEqualTo(401);
            assertThat(kerbearer.output()).contains("KERBEARER_SERVICE_HOST");
        }
    }

    /** On one data folder for all of them, so that PostgreSQL need not be set up for each. */
    private static String refusedStart(String key, String value) {
        return RunningKerbearer.refusedStart(
                shared, Map.of("kerbearer.data-dir", shared.resolve("data").toString(), key, value));
    }
}
