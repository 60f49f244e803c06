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
            kerbearer.nonsense                          | 1         | kerbearer.nonsense is no key of Kerbearer; the nearest one is
            kerbearer.publicUrl                         | 1         | kerbearer.publicUrl is no key of Kerbearer; the nearest one is kerbearer.public-url (
            kerbearer.ntlm.enable                       | true      | the nearest one is kerbearer.ntlm.enabled (
            kerbearer.identity.import                   | a.json    | the nearest one is kerbearer.identities.import (
            kerbearer.realms.CORP.EXAMPLE.provider      | local     | the nearest one is kerbearer.realms."CORP.EXAMPLE".provider (
            kerbearer.realms."A.EXAMPLE".providr        | local     | the nearest one is kerbearer.realms."A.EXAMPLE".provider (
            kerbearer.directories.CORP.bind.pasword     | x         | the nearest one is kerbearer.directories.CORP.bind.password (
            kerbearer.retention                         | soon      | kerbearer.retention is "soon" that cannot be read
            kerbearer.retention                         | soon      | it must be a duration like 30s, 10m, 12h or 90d
            kerbearer.calls-at-once                     | many      | it must be a whole number
            quarkus.http.port                           | web       | quarkus.http.port is "web"; it must be a port, 0 to 65535
            quarkus.http.port                           | 65536     | quarkus.http.port is "65536"; it must be a port
            quarkus.management.port                     | -1        | quarkus.management.port is "-1"; it must be a port
            quarkus.management.port                     | 8080      | quarkus.http.port and quarkus.management.port are both 8080
            quarkus.http.port                           | 9000      | quarkus.http.port and quarkus.management.port are both 9000
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

    @Test
    void eachWrongKeyIsNamedAtOnce() {
        assertThat(StartInMemory.refused(Map.of("kerbearer.nonsense", "1", "kerbearer.retention", "soon")))
                .contains("kerbearer.nonsense is no key")
                .contains("kerbearer.retention is");
    }

    @Test
    void aPartOfASecretIsNotShown() {
        assertThat(StartInMemory.refused(Map.of(
                        "kerbearer.directories.CORP.url", "ldaps://dc1",
                        "kerbearer.directories.CORP.bind.password", "Pa${hidden}word")))
                .contains("kerbearer.directories.CORP.bind.password")
                .contains("kerbearer.secrets-dir")
                .doesNotContain("hidden");
        assertThat(StartInMemory.refused(Map.of("kerbearer.public-url", "https://${NONE}")))
                .as("the key is not treated as absent")
                .contains("kerbearer.public-url: the value has a ${...} that names no key");
    }

    @Test
    void portsOfDifferentAddressesMayBeTheSame() {
        StartInMemory.start(Map.of(
                "quarkus.http.port", "8443",
                "quarkus.management.port", "8443",
                "quarkus.http.host", "127.0.0.2",
                "quarkus.management.host", "127.0.0.3"));
        assertThat(StartInMemory.refused(Map.of(
                        "quarkus.http.port", "8443",
                        "quarkus.management.port", "8443",
                        "quarkus.http.host", "0.0.0.0",
                        "quarkus.management.host", "127.0.0.3")))
                .contains("are both 8443");
        StartInMemory.start(Map.of("quarkus.http.port", "0", "quarkus.management.port", "0"));
    }

    @Test
    void thePortForTlsIsNoOtherPort() {
        Map<String, String> tls = Map.of("quarkus.tls.key-store.p12.path", "x.p12", "quarkus.http.ssl-port", "9000");
        assertThat(StartInMemory.refused(tls))
                .contains("quarkus.http.ssl-port and quarkus.management.port are both 9000");
        StartInMemory.start(Map.of("quarkus.http.ssl-port", "9000"));
    }

    @Test
    void aHostNameMayHaveAnUnderscoreAndASchemeMayBeInCapitals() {
        StartInMemory.start(Map.of(
                "kerbearer.public-url", "HTTPS://my_host.corp_net.example",
                "kerbearer.directories.CORP.url", "LDAPS://dc_1.corp.example",
                "kerbearer.directories.CORP.bind.name", "svc@corp.example",
                "kerbearer.directories.CORP.bind.password", "Passw0rd"));
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
            integrations | 2 | the member "id" is there twice: in line 1    | {"id":"a",~"id":"b","scope":"ssh"}
            integrations | 2 | the id a is there twice: in line 1           | [{"id":"a","scope":"ssh"},~{"id":"a","scope":"ssh"}]
            integrations | 1 | a trustee is named twice: access[0] is local:{de3944a8-3479-4450-b412-0dacd642017d}, and access[1] is | {"id":"a","scope":"ssh","access":[{"trustee":"local:{de3944a8-3479-4450-b412-0dacd642017d}"},{"trustee":"local:{de3944a8-3479-4450-b412-0dacd642017d}"}]}
            integrations | 2 | the file has text after its object           | [{"id":"b","scope":"ssh"}]~[{"id":"a","scope":"ssh"}]
            integrations | 1 | neither an object nor an array               | 7
            integrations | 2 | neither an object nor an array               | [{"id":"b","scope":"ssh"},~null]
            integrations | 1 | Cannot coerce Integer value (7)              | {"id":7,"scope":"ssh"}
            identities   | 1 | groups                                       | {"name":"a","groups":[null]}
            integrations | 1 | A value without quotes                       | nonsense
            resource-servers | 1 | the member "secret" is missing           | {"id":"files"}
            resource-servers | 1 | is not sha256: and 64 hexadecimal digits | {"id":"files","secret":"sha256:12"}
            resource-servers | 1 | neither file: nor sha256:                | {"id":"files","secret":"guess"}
            resource-servers | 2 | gone is missing or cannot be read        | [~{"id":"files","secret":"file:gone"}]
            identities   | 1 | alice has no realm                           | [{"name":"alice","principals":["alice"]}]
            identities   | 1 | the guid 12 is not valid                     | [{"name":"alice","guid":"12"}]
            identities   | 1 | unknown member "colour"                      | {"name":"alice","colour":"red"}
            identities   | 2 | the principal x@R is there twice: in line 1  | [{"name":"a","principals":["x@R"]},~{"name":"b","principals":["x@R"]}]
            """)
    void aBadImportFileStopsTheStartWithFileLineAndReason(String kind, int line, String reason, String content)
            throws IOException {
        Path file = Files.writeString(folder.resolve("import.json"), content.replace('~', '\n'));
        assertThat(StartInMemory.refused(Map.of("kerbearer." + kind + ".import", file.toString())))
                .contains(file + ", line " + line + ": ")
                .contains(reason);
    }
}
