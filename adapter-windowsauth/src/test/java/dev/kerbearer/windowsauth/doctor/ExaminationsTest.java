package dev.kerbearer.windowsauth.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.windowsauth.doctor.Finding.Verdict;
import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy;
import dev.kerbearer.windowsauth.ldap.ActiveDirectory;
import dev.kerbearer.windowsauth.ldap.InMemoryDomain;
import dev.kerbearer.windowsauth.practice.EmbeddedRealm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests each fault of a set-up by itself. The tests of the package cover good set-ups and the rest. */
class ExaminationsTest {

    private static final String REALM = "PRACTICE.EXAMPLE";
    private static final int RC4_ONLY = 4;
    private static final int AES_ONLY = 24;

    @TempDir
    Path folder;

    private Path keytab;
    private Path krb5Conf;
    private URI publicUrl = URI.create("https://localhost");
    private Optional<String> service = Optional.empty();
    private InstantSource clock = InstantSource.system();
    private Map<String, ActiveDirectory> directories = Map.of();
    private Map<String, String> providers = Map.of(REALM, "CORP");
    private Set<String> transitedRealms = Set.of();

    @BeforeEach
    void aGoodSetUp() throws Exception {
        keytab = ForgedTicket.keytab(folder.resolve("http.keytab"), "HTTP/localhost@" + REALM, ForgedTicket.key(3));
        readableBy("rw-------");
        krb5Conf = Files.writeString(folder.resolve("krb5.conf"), "[libdefaults]\n");
    }

    private void readableBy(String permissions) throws Exception {
        Files.setPosixFilePermissions(keytab, PosixFilePermissions.fromString(permissions));
    }

    private SetUp setUp() {
        return new SetUp(
                List.of(keytab),
                service,
                new TicketPolicy(Map.of(), transitedRealms, true),
                krb5Conf,
                publicUrl,
                providers,
                new InMemoryStorage()::recognise,
                directories,
                Optional.empty(),
                clock);
    }

    @Test
    void aKeytabThatOthersCanReadIsDoubtful() throws Exception {
        assertThat(new KeytabExamination(setUp()).findings())
                .extracting(Finding::verdict)
                .containsExactly(Verdict.GOOD);
        readableBy("rw-r-----");
        assertFinds(new KeytabExamination(setUp()), Verdict.DOUBTFUL, "can be read by others", "chmod 600 " + keytab);
    }

    @Test
    void aKeytabOfWeakKeysIsWrong() {
        keytab = ForgedTicket.keytab(
                folder.resolve("weak.keytab"),
                "HTTP/localhost@" + REALM,
                ForgedTicket.key(3, EncryptionType.ARCFOUR_HMAC));
        assertFinds(
                new KeytabExamination(setUp()),
                Verdict.WRONG,
                "weak encryption types only",
                "net ads enctypes set <account> 24");
    }

    /** Only its key shows which service a ticket is for. */
    @Test
    void oneKeyForSeveralServicesIsDoubtful() {
        EncryptionKey key = ForgedTicket.key(3);
        ForgedTicket.keytab(keytab, Map.of("HTTP/localhost@" + REALM, key, "svc-http@" + REALM, key));
        assertThat(new KeytabExamination(setUp()).findings())
                .as("the account's own name belongs to no service")
                .noneMatch(finding -> finding.what().contains("one key"));
        ForgedTicket.keytab(
                keytab,
                Map.of("HTTP/localhost@" + REALM, ForgedTicket.key(3), "cifs/localhost@" + REALM, ForgedTicket.key(3)));
        assertThat(new KeytabExamination(setUp()).findings())
                .noneMatch(finding -> finding.what().contains("one key"));
        ForgedTicket.keytab(keytab, Map.of("HTTP/localhost@" + REALM, key, "cifs/localhost@" + REALM, key));
        assertFinds(
                new KeytabExamination(setUp()),
                Verdict.DOUBTFUL,
                "the same key for an HTTP/ name and for cifs/localhost@" + REALM,
                "an account of its own");
    }

    /** A Windows KDC does not check the transited realms of a ticket, so its refusal would be a surprise. */
    @Test
    void anUnlistedRealmWithoutAKeyIsDoubtful() {
        providers = Map.of(REALM, "CORP", "OTHER.EXAMPLE", "OTHER", "HUB.EXAMPLE", "HUB");
        transitedRealms = Set.of("HUB.EXAMPLE");
        assertFinds(
                new RealmExamination(setUp()),
                Verdict.DOUBTFUL,
                "No keytab has a key of OTHER.EXAMPLE: ",
                "kerbearer.negotiate.transited-realms=HUB.EXAMPLE,OTHER.EXAMPLE and");
        transitedRealms = Set.of("HUB.EXAMPLE", "OTHER.EXAMPLE");
        assertThat(new RealmExamination(setUp()).findings())
                .noneMatch(finding -> finding.what().contains("No keytab has a key of"));
    }

    @ParameterizedTest
    @CsvSource({"0, GOOD", "20, GOOD", "-20, GOOD", "60, DOUBTFUL", "-60, DOUBTFUL", "400, WRONG", "-400, WRONG"})
    void theClockIsComparedWithTheClockOfTheKdc(int ahead, Verdict verdict) throws Exception {
        try (EmbeddedRealm realm = EmbeddedRealm.start(folder.resolve("realm"), REALM)) {
            krb5Conf = realm.krb5Conf();
            clock = () -> InstantSource.system().instant().plusSeconds(ahead);
            assertThat(new KdcExamination(setUp()).findings()).singleElement().satisfies(finding -> {
                assertThat(finding.verdict()).as(finding.what()).isEqualTo(verdict);
                assertThat(finding.fix().isPresent()).isEqualTo(verdict != Verdict.GOOD);
            });
        }
    }

    /** MIT's KDC answers a repeated request with its first answer, which has an old time. */
    @Test
    void aKdcThatRepeatsItsAnswersShowsItsCurrentClock() throws Exception {
        try (RepeatingKdc kdc = new RepeatingKdc()) {
            kdcs(REALM, "127.0.0.1:" + kdc.port());
            kdc.setClock(Instant.now().minusSeconds(400));
            assertThat(new KdcExamination(setUp()).findings())
                    .extracting(Finding::verdict)
                    .containsExactly(Verdict.WRONG);
            kdc.setClock(Instant.now());
            assertThat(new KdcExamination(setUp()).findings())
                    .extracting(Finding::verdict)
                    .containsExactly(Verdict.GOOD);
        }
    }

    @Test
    void aKdcThatIsWrittenSeveralTimesIsAskedOnce() throws Exception {
        try (RepeatingKdc kdc = new RepeatingKdc()) {
            String address = "127.0.0.1:" + kdc.port();
            kdcs(REALM, address, "tcp/" + address, address);
            assertThat(new KdcExamination(setUp()).findings()).hasSize(1);
            assertThat(kdc.requests()).isEqualTo(1);
        }
    }

    /** Each question to an unavailable KDC takes seconds. */
    @Test
    void aKdcThatDoesNotAnswerIsNotAskedAgainForTheNextRealm() throws Exception {
        providers = Map.of(REALM, "CORP", "OTHER.EXAMPLE", "local");
        try (RepeatingKdc kdc = new RepeatingKdc()) {
            String address = "127.0.0.1:" + kdc.port();
            Files.writeString(
                    krb5Conf,
                    "[realms]\n " + REALM + " = {\n kdc = " + address + "\n }\n OTHER.EXAMPLE = {\n kdc = " + address
                            + "\n }\n");
            assertThat(new KdcExamination(setUp()).findings())
                    .as("each realm of a KDC is examined")
                    .extracting(Finding::verdict)
                    .containsExactly(Verdict.GOOD, Verdict.GOOD);
            kdc.answerNothing();
            int before = kdc.requests();
            assertThat(new KdcExamination(setUp()).findings())
                    .allSatisfy(finding -> assertThat(finding.what()).contains("does not answer"))
                    .hasSize(2);
            assertThat(kdc.requests()).isEqualTo(before + 1);
        }
    }

    private void kdcs(String realm, String... addresses) throws IOException {
        StringBuilder conf = new StringBuilder("[realms]\n " + realm + " = {\n");
        Stream.of(addresses)
                .forEach(address -> conf.append("  kdc = ").append(address).append('\n'));
        Files.writeString(krb5Conf, conf.append(" }\n"));
    }

    /** All three are in use, and an operator should not have to translate the command of another vendor. */
    @Test
    void aFixNamesTheCommandsOfWindowsOfSambaAndOfMit() {
        keytab = ForgedTicket.keytab(
                folder.resolve("other.keytab"),
                "HTTP/other@" + REALM,
                ForgedTicket.key(3, EncryptionType.ARCFOUR_HMAC));
        providers = Map.of(REALM, "CORP", "NONE.EXAMPLE", "local");
        clock = () -> InstantSource.system().instant().plusSeconds(400);
        for (String fix : List.of(
                fixOf(new KeytabExamination(setUp()), "weak encryption types"),
                fixOf(new NameExamination(setUp()), "no keytab has this principal"),
                fixOf(new KdcExamination(setUp()), "No KDC of NONE.EXAMPLE is known"),
                Fixes.clocks(),
                Fixes.kdc("krb5.conf"),
                Fixes.ticketKey())) {
            assertThat(fix).contains("Windows", "Samba", "MIT");
        }
    }

    private static String fixOf(Examination examination, String what) {
        return examination.findings().stream()
                .filter(finding -> finding.what().contains(what))
                .findFirst()
                .orElseThrow()
                .fix()
                .orElseThrow();
    }

    @Test
    void allowedWeakCryptographyIsDoubtfulEvenInAnIncludedFile() throws Exception {
        Path included = Files.createDirectories(folder.resolve("krb5.conf.d"));
        Files.writeString(included.resolve("weak.conf"), "[libdefaults]\n allow_weak_crypto = true\n");
        Files.writeString(krb5Conf, "includedir " + included + "\n[libdefaults]\n");
        assertFinds(new RealmExamination(setUp()), Verdict.DOUBTFUL, "allow_weak_crypto", "remove it");
    }

    @Test
    void filesThatTheJdkIgnoresAreIgnored() throws Exception {
        Path included = Files.createDirectories(folder.resolve("krb5.conf.d"));
        Files.createDirectories(included.resolve("folder"));
        Files.writeString(included.resolve("weak.conf~"), "[libdefaults]\n allow_weak_crypto = true\n");
        Files.writeString(krb5Conf, "includedir " + included + "\n[libdefaults]\n");
        assertThat(new RealmExamination(setUp()).findings())
                .noneSatisfy(finding -> assertThat(finding.what()).contains("allow_weak_crypto"))
                .anySatisfy(finding -> assertThat(finding.what()).contains("krb5.conf can be read"));
        for (String refused : new String[] {
            "includedir " + folder.resolve("none") + "\n[libdefaults]\n", "[libdefaults]\ninclude " + krb5Conf + "\n"
        }) {
            Files.writeString(krb5Conf, refused);
            assertFinds(new RealmExamination(setUp()), Verdict.DOUBTFUL, "missing or cannot be read", "write one");
        }
    }

    @Test
    void aFileThatIncludesItselfIsRefused() throws Exception {
        Files.writeString(krb5Conf, "include " + krb5Conf + "\n");
        assertFinds(new RealmExamination(setUp()), Verdict.DOUBTFUL, "missing or cannot be read", "write one");
    }

    @Test
    void theCanonicalDnsNameIsCheckedToo() {
        String canonical = InetAddress.getLoopbackAddress().getCanonicalHostName();
        publicUrl = URI.create("https://127.0.0.1");
        keytab = ForgedTicket.keytab(
                folder.resolve("canonical.keytab"), "HTTP/" + canonical + "@" + REALM, ForgedTicket.key(3));
        assertFinds(new NameExamination(setUp()), Verdict.WRONG, "ask for HTTP/127.0.0.1", "setspn -S HTTP/127.0.0.1");
        assertFinds(
                new NameExamination(setUp()),
                Verdict.GOOD,
                "Clients that follow the DNS ask for HTTP/" + canonical + ", and a keytab has it",
                "");
        keytab = ForgedTicket.keytab(folder.resolve("address.keytab"), "HTTP/127.0.0.1@" + REALM, ForgedTicket.key(3));
        assertFinds(
                new NameExamination(setUp()),
                Verdict.DOUBTFUL,
                "Clients that follow the DNS ask for HTTP/" + canonical + ", but no keytab has this principal",
                "samba-tool spn add HTTP/" + canonical);
    }

    @Test
    void clientsMustAskForTheConfiguredService() {
        for (String same : List.of("HTTP/localhost", "HTTP/localhost@" + REALM)) {
            service = Optional.of(same);
            assertFinds(new NameExamination(setUp()), Verdict.GOOD, "ask for HTTP/localhost, and a keytab has it", "");
        }
        for (String other : List.of("HTTP/other.example", "http/localhost", "HTTP/localhost@OTHER.EXAMPLE")) {
            service = Optional.of(other);
            assertFinds(
                    new NameExamination(setUp()),
                    Verdict.WRONG,
                    "only tickets for " + other + " are accepted",
                    "quarkus.kerberos.service-principal-name, or set it to HTTP/localhost@" + REALM);
        }
    }

    @Test
    void theServiceMustHaveOneAccountInTheDirectory() throws Exception {
        try (InMemoryDomain domain = new InMemoryDomain(folder);
                ActiveDirectory corp = domain.directory(Duration.ofSeconds(10))) {
            directories = Map.of("CORP", corp);
            DirectoryExamination examination = new DirectoryExamination(setUp(), "CORP", corp);
            assertFinds(examination, Verdict.DOUBTFUL, "not registered for any account", "setspn -S HTTP/localhost");

            domain.addServiceAccount("svc-default", "HTTP/localhost", 3, Optional.empty());
            assertFinds(examination, Verdict.GOOD, "belongs to the account svc-default, with key version 3", "");
            assertFinds(
                    examination,
                    Verdict.DOUBTFUL,
                    "svc-default of HTTP/localhost has no encryption types set",
                    "Set-ADUser svc-default -KerberosEncryptionType");

            domain.addServiceAccount("svc-other", "HTTP/localhost", 3, Optional.of(AES_ONLY));
            assertFinds(
                    examination,
                    Verdict.WRONG,
                    "registered for several accounts (svc-default, svc-other)",
                    "setspn -D HTTP/localhost");
        }
    }

    @ParameterizedTest
    @CsvSource({RC4_ONLY + ", 3, has no AES keys", AES_ONLY + ", 4, 'with key version 4, but the keytabs hold [3]'"})
    void anAccountWhoseKeysDifferFromTheKeytabIsWrong(int types, int version, String what) throws Exception {
        try (InMemoryDomain domain = new InMemoryDomain(folder);
                ActiveDirectory corp = domain.directory(Duration.ofSeconds(10))) {
            domain.addServiceAccount("svc-http", "HTTP/localhost", version, Optional.of(types));
            assertFinds(new DirectoryExamination(setUp(), "CORP", corp), Verdict.WRONG, what, "keytab");
        }
    }

    private static void assertFinds(Examination examination, Verdict verdict, String what, String fix) {
        List<Finding> findings = examination.findings();
        assertThat(findings).as("finds that %s", what).anySatisfy(finding -> {
            assertThat(finding.verdict()).isEqualTo(verdict);
            assertThat(finding.what()).contains(what);
            assertThat(finding.fix().orElse("")).contains(fix);
        });
    }
}
