package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which configurations and import files stop the start, and with which message. */
class RefusedStartTest {

    @TempDir
    Path folder;

    @Test
    void anEmptyConfigurationIsAccepted() {
        StartInMemory.start(Map.of());
    }

    @Test
    void aServerKeyOfTheWrongLengthIsNamedButNotShown() {
        for (String key : List.of("kerbearer.keys.current", "kerbearer.keys.previous")) {
            assertThat(StartInMemory.refused(Map.of(key, "dG9vIHNob3J0")))
                    .contains(key + " is not 256 bits in base64")
                    .doesNotContain("dG9vIHNob3J0");
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
            kerbearer.retention                         | PT-1H     | kerbearer.retention
            kerbearer.refresh.reuse-leeway              | 6m        | kerbearer.refresh.reuse-leeway
            kerbearer.upkeep-interval                   | 0s        | kerbearer.upkeep-interval is PT0S; it must be 1 second
            kerbearer.upkeep-interval                   | 61s       | kerbearer.upkeep-interval is PT1M1S; it must be 1 second
            kerbearer.upkeep-interval                   | off       | kerbearer.upkeep-interval
            """)
    void aWrongKeyIsNamed(String key, String value, String named) {
        assertThat(StartInMemory.refused(Map.of(key, value)))
                .contains("Kerbearer does not start: ")
                .contains(named);
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            kerbearer.ntlm.authority         | samba           | it must be local or winbind
            kerbearer.ntlm.authority         | winbind         | set kerbearer.directories.<NAME>.url
            kerbearer.ntlm.winbind.program   | /none/ntlm_auth | install winbind
            kerbearer.ntlm.winbind.program   | /dev/null       | install winbind
            kerbearer.ntlm.winbind.processes | 0               | processes: 1 to 64
            kerbearer.ntlm.winbind.timeout   | 0s              | timeout: must be positive
            """)
    void unusableNtlmSettingsStopTheStart(String key, String value, String mend) {
        Map<String, String> configuration = new TreeMap<>(Map.of(
                "kerbearer.ntlm.enabled",
                "true",
                "kerbearer.ntlm.authority",
                "winbind",
                // A program that exists on every machine. It is not started.
                "kerbearer.ntlm.winbind.program",
                "/bin/sh"));
        configuration.put(key, value);
        assertThat(StartInMemory.refused(configuration))
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
            integrations | 2 | the file has text after its object           | [{"id":"b","scope":"ssh"}]~[{"id":"a","scope":"ssh"}]
            integrations | 1 | neither an object nor an array               | 7
            integrations | 2 | neither an object nor an array               | [{"id":"b","scope":"ssh"},~null]
            integrations | 1 | Cannot coerce Integer value (7)              | {"id":7,"scope":"ssh"}
            identities   | 1 | groups                                       | {"name":"a","groups":[null]}
            integrations | 1 | Unrecognized token                           | nonsense
            resource-servers | 1 | the member "secret" is missing           | {"id":"files"}
            resource-servers | 1 | is not sha256: and 64 hexadecimal digits | {"id":"files","secret":"sha256:12"}
            resource-servers | 1 | neither file: nor sha256:                | {"id":"files","secret":"guess"}
            resource-servers | 2 | gone is missing or cannot be read        | [~{"id":"files","secret":"file:gone"}]
            identities   | 1 | alice has no realm                           | [{"name":"alice","principals":["alice"]}]
            identities   | 1 | the guid 12 is not valid                     | [{"name":"alice","guid":"12"}]
            identities   | 1 | unknown member "colour"                      | {"name":"alice","colour":"red"}
            identities   | 2 | the principal x@R is another's               | [{"name":"a","principals":["x@R"]},~{"name":"b","principals":["x@R"]}]
            """)
    void aBadImportFileStopsTheStartWithFileLineAndReason(String kind, int line, String reason, String content)
            throws IOException {
        Path file = Files.writeString(folder.resolve("import.json"), content.replace('~', '\n'));
        assertThat(StartInMemory.refused(Map.of("kerbearer." + kind + ".import", file.toString())))
                .contains(file + ", line " + line + ": ")
                .contains(reason);
    }
}
