package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code doctor}, a command of the packaged application, checks a realm with a real KDC. */
class DoctorIT {

    private static Practice practice;

    @BeforeAll
    static void start() {
        practice = Practice.start();
    }

    @AfterAll
    static void stop() {
        practice.close();
    }

    @Test
    void aGoodSetUpPasses() throws Exception {
        DoctorVisit visit = visit(practice.krb5Conf(), practice.configuration());
        assertThat(visit.exit()).as(visit.said()).isZero();
        assertThat(visit.said())
                .contains("HTTP/localhost@PRACTICE.EXAMPLE version")
                .containsPattern(
                        "good +The KDC 127\\.0\\.0\\.1:\\d+ of PRACTICE\\.EXAMPLE answers, and this machine's clock")
                .containsPattern("good +Clients of http://localhost:8080 ask for HTTP/localhost, and a keytab has it")
                .containsPattern("good +A ticket of alice@PRACTICE\\.EXAMPLE from the KDC is accepted, and local:alice"
                        + " has this principal and may sign in")
                .containsPattern("good +The embedded database is not running, and its data folder .* can be written")
                .containsPattern("good +Imports: 3 local identities, 8 integrations, 0 resource servers, from 2 files")
                .containsPattern("doubtful +The issuer http://localhost:8080 does not answer at its address")
                .contains("0 wrong");
    }

    @Test
    void aTestSignInFindsAKeytabWithAnotherKey() throws Exception {
        Map<String, String> configuration = new TreeMap<>(practice.configuration());
        configuration.remove("quarkus.kerberos.keytab-path");
        DoctorVisit visit = visit(practice.krb5Conf(), configuration);
        assertThat(visit.exit()).isOne();
        assertThat(visit.said())
                .containsPattern(
                        "wrong +A ticket from the KDC is refused: the ticket was made with a key that this service")
                .contains("fix: the ticket is for HTTP/localhost@PRACTICE.EXAMPLE version");
    }

    /** A ticket alone is not enough: the identity of its client must exist and be enabled. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            carol | doubtful +A ticket of carol@PRACTICE.EXAMPLE .* it is not known whether a local identity has this principal
            bob   | good +A ticket of bob@PRACTICE.EXAMPLE .* and local:bob has this principal and may sign in
            dora  | wrong +A ticket of dora@PRACTICE.EXAMPLE .* but the local identity with this principal is disabled
            """)
    void theDoctorSaysWhetherTheUserMaySignIn(String user, String said) throws Exception {
        DoctorVisit visit = DoctorVisit.to(
                practice.folder("visits"), practice.krb5Conf(), practice.cacheOf(user), practice.configuration());
        assertThat(visit.said()).containsPattern(said);
    }

    @Test
    void aDatabaseThatDoesNotAnswerAndABadImportFileAreNamed() throws Exception {
        Path imported = Files.writeString(practice.folder("imports").resolve("integrations.json"), """
                [{"id": "a", "scope": "ssh"},
                 {"id": "a", "scope": "ssh"}]
                """);
        Map<String, String> configuration = new TreeMap<>(practice.configuration());
        configuration.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/kerbearer");
        configuration.put("kerbearer.integrations.import", imported.toString());
        DoctorVisit visit = visit(practice.krb5Conf(), configuration);
        assertThat(visit.exit()).isOne();
        assertThat(visit.said())
                .containsPattern("wrong +The database jdbc:postgresql://127.0.0.1:1/kerbearer cannot be used")
                .contains("check whether PostgreSQL is running")
                .containsPattern("wrong +An import file stops the start: .*line 2: the id a is there twice");
    }

    @Test
    void eachMissingPartIsNamedWithItsFix() throws Exception {
        Path other = ForgedTicket.keytab(
                practice.folder("other").resolve("keytab"), "HTTP/other.example@OTHER.EXAMPLE", ForgedTicket.key(1));
        DoctorVisit visit = visit(
                practice.folder("other").resolve("none.conf"),
                Map.of(
                        "quarkus.kerberos.keytab-path",
                        other.toString(),
                        "kerbearer.negotiate.keytabs",
                        practice.folder("other").resolve("missing").toString(),
                        "kerbearer.public-url",
                        "https://auth.invalid"));
        assertThat(visit.exit()).isOne();
        assertThat(visit.said())
                .containsPattern("wrong +.*missing is missing, cannot be read by this user, or is no keytab")
                .contains("none.conf is missing or cannot be read")
                .contains("no keytab has this principal; they have [HTTP/other.example@OTHER.EXAMPLE]")
                .contains("setspn -S HTTP/auth.invalid <account>")
                .contains("samba-tool spn add HTTP/auth.invalid <account>")
                .contains("auth.invalid has no address on this machine")
                .contains("No KDC of OTHER.EXAMPLE is known")
                .contains("set kerbearer.realms.\"<REALM>\".provider");
    }

    @Test
    void aMissingKeytabIsReported() throws Exception {
        DoctorVisit visit =
                visit(practice.krb5Conf(), Map.of("kerbearer.realms.\"PRACTICE.EXAMPLE\".provider", "local"));
        assertThat(visit.exit()).isOne();
        assertThat(visit.said()).contains("No keytab is configured").contains("ktpass /princ HTTP/<host>@<REALM>");
    }

    @Test
    void aKdcThatIsDownOrOfAnotherRealmIsReported() throws Exception {
        Path folder = practice.folder("kdcs");
        String there = Files.readAllLines(practice.krb5Conf()).stream()
                .filter(line -> line.strip().startsWith("kdc ="))
                .findFirst()
                .orElseThrow();
        Path conf = Files.writeString(folder.resolve("krb5.conf"), """
                [realms]
                  STRANGE.EXAMPLE = {
                %s
                  }
                  AWAY.EXAMPLE = {
                    kdc = 127.0.0.1:1
                  }
                """.formatted(there));
        DoctorVisit visit = visit(
                conf,
                Map.of(
                        "kerbearer.realms.\"STRANGE.EXAMPLE\".provider", "local",
                        "kerbearer.realms.\"AWAY.EXAMPLE\".provider", "local"));
        assertThat(visit.said())
                .contains("The KDC 127.0.0.1:1 of AWAY.EXAMPLE does not answer")
                .contains("answers, but does not serve the realm STRANGE.EXAMPLE");
    }

    private static DoctorVisit visit(Path krb5Conf, Map<String, String> configuration)
            throws IOException, InterruptedException {
        return DoctorVisit.to(practice.folder("visits"), krb5Conf, practice.cacheOf("alice"), configuration);
    }
}
