package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import dev.kerbearer.windowsauth.pac.ForgedPac;
import dev.kerbearer.windowsauth.pac.ForgedPac.Membership;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Users of real domains sign in with curl. Needs root and Debian's packages (docs/testing.md). One node caches
 * directory answers for ten minutes, the default. The other caches them for one second, so that changes are seen.
 */
class ActiveDirectoryHeavyIT {

    private static final String INTEGRATIONS = """
            [{"id": "admins", "scope": "certificate", "access": [{"trustee": "AD+CORP:pki-admins"}]},
             {"id": "users", "scope": "certificate:discover,manage;ssh",
              "access": [{"trustee": "AD+CORP:pki-users", "scope": "certificate:discover,manage"},
                         {"trustee": "AD+CORP:alice", "scope": "ssh"},
                         {"trustee": "AD+CORP:Domain Users", "scope": "certificate:discover"}]},
             {"id": "zürich", "scope": "certificate", "access": [{"trustee": "AD+CORP:zürich-admins"}]},
             {"id": "keys", "scope": "certificate", "access": [{"trustee": "AD+CORP:keys & (doors)"}]},
             {"id": "many", "scope": "certificate", "access": [{"trustee": "AD+CORP:many-150"}]},
             {"id": "others", "scope": "certificate", "access": [{"trustee": "AD+OTHER:pki-users"}]},
             {"id": "all", "scope": "certificate", "access": [{"trustee": "AD+CORP:Domain Users"}]}]
            """;

    /** SE_GROUP_MANDATORY, ENABLED_BY_DEFAULT and ENABLED ([MS-PAC] section 2.2.1). */
    private static final int ENABLED = 7;

    private static Path folder;
    private static WindowsDomain corp;
    private static WindowsDomain other;
    private static TcpProxy way;
    private static TcpProxy watchfulWay;
    private static RunningKerbearer node;
    private static RunningKerbearer watchful;

    @BeforeAll
    static void start() throws Exception {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/e2e")), "windows")
                .toAbsolutePath();
        Files.writeString(folder.resolve("integrations.json"), INTEGRATIONS);
        corp = WindowsDomain.start("CORP.EXAMPLE", "127.0.0.81");
        other = WindowsDomain.start("OTHER.EXAMPLE", "127.0.0.82");
        way = TcpProxy.to(new InetSocketAddress(corp.address(), 389));
        watchfulWay = TcpProxy.to(new InetSocketAddress(corp.address(), 389));
        node = RunningKerbearer.start(folder.resolve("node"), configuration(way));
        Map<String, String> brief = configuration(watchfulWay);
        brief.put("kerbearer.directories.CORP.cache", "1s");
        brief.put("kerbearer.directories.CORP.pac", "optional");
        brief.put("kerbearer.negotiate.delegated-tickets", "false");
        brief.put("kerbearer.directories.OTHER.url", "ldaps://" + other.address());
        brief.put("kerbearer.directories.OTHER.start-tls", "false");
        watchful = RunningKerbearer.start(folder.resolve("watchful"), brief);
        for (String user : new String[] {"alice", "carol", "many", "pat"}) {
            corp.signIn(user);
        }
        other.signIn("alice");
    }

    private static Map<String, String> configuration(TcpProxy way) {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("java.security.krb5.conf", corp.krb5Conf().toString());
        configuration.put("quarkus.kerberos.keytab-path", corp.keytab().toString());
        configuration.put("kerbearer.negotiate.keytabs", other.keytab().toString());
        configuration.put("kerbearer.directories.CORP.url", "ldap://localhost:" + way.port());
        configuration.put("kerbearer.directories.CORP.bind.account", "svc-http");
        configuration.put("kerbearer.directories.CORP.timeout", "2s");
        configuration.put("kerbearer.realms.\"CORP.EXAMPLE\".provider", "CORP");
        configuration.put("kerbearer.directories.OTHER.url", "ldap://" + other.address());
        configuration.put("kerbearer.directories.OTHER.start-tls", "true");
        configuration.put(
                "kerbearer.directories.OTHER.certificate-authorities",
                other.certificateAuthority().toString());
        configuration.put("kerbearer.directories.OTHER.bind.name", "svc-ldap@other.example");
        configuration.put("kerbearer.directories.OTHER.bind.password", WindowsDomain.PASSWORD);
        configuration.put("kerbearer.realms.\"OTHER.EXAMPLE\".provider", "OTHER");
        configuration.put(
                "kerbearer.integrations.import",
                folder.resolve("integrations.json").toString());
        return configuration;
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {node, watchful, way, watchfulWay, corp, other}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void aNestedGroupGivesAccess() throws Exception {
        Answer answer = granted(corp.authorize("alice", node.port(), "admins", "certificate"));
        assertThat(answer.json().path("identity").asText()).matches("AD\\+CORP:\\{[0-9a-f-]{36}}");
        assertThat(Practice.verify(node.port(), answer.accessToken()).status()).isEqualTo(200);
        refused(corp.authorize("carol", node.port(), "admins", "certificate"), 400, "unauthorized_client");
    }

    @Test
    void groupNamesMayHaveSpecialCharacters() throws Exception {
        granted(corp.authorize("carol", node.port(), "zürich", "certificate"));
        granted(corp.authorize("pat", node.port(), "keys", "certificate"));
        refused(corp.authorize("alice", node.port(), "zürich", "certificate"), 400, "unauthorized_client");
    }

    @Test
    void aUserInTwoHundredGroupsSignsIn() throws Exception {
        granted(corp.authorize("many", node.port(), "many", "certificate"));
    }

    @Test
    void theUsersOwnRuleWinsOverGroupRulesAndTheWidestGroupRuleWins() throws Exception {
        granted(corp.authorize("carol", node.port(), "users", "certificate:discover,manage"));
        granted(corp.authorize("alice", node.port(), "users", "ssh"));
        refused(corp.authorize("alice", node.port(), "users", "certificate:discover"), 400, "invalid_scope");
    }

    @Test
    void usersOfAnotherForestAreDifferentUsers() throws Exception {
        Answer theirs = granted(other.authorize("alice", node.port(), "others", "certificate"));
        assertThat(theirs.json().path("identity").asText()).startsWith("AD+OTHER:{");
        assertThat(identity(granted(other.authorize("alice", watchful.port(), "others", "certificate"))))
                .as("same identity over LDAPS and StartTLS")
                .isEqualTo(identity(theirs));
        refused(other.authorize("alice", node.port(), "admins", "certificate"), 400, "unauthorized_client");
        refused(corp.authorize("alice", node.port(), "others", "certificate"), 400, "unauthorized_client");
    }

    @Test
    void theDoctorComparesTheKeytabWithTheDirectory() throws Exception {
        Map<String, String> configuration = configuration(way);
        DoctorVisit good = doctor(configuration);
        assertThat(good.said())
                .contains("The directory CORP answers, and has DC=corp,DC=example")
                .containsPattern("good +HTTP/localhost belongs to the account svc-http, with key version \\d+")
                .contains("The directory OTHER answers, and has DC=other,DC=example")
                .contains("A ticket of alice@CORP.EXAMPLE from the KDC is accepted, and the directory knows the user as"
                        + " AD+CORP:alice")
                .contains("0 wrong");
        assertThat(good.exit()).isZero();
        Path stale = ForgedTicket.keytab(
                folder.resolve("stale.keytab"), "HTTP/localhost@CORP.EXAMPLE", ForgedTicket.key(77));
        configuration.put("quarkus.kerberos.keytab-path", stale.toString());
        configuration.put("kerbearer.directories.OTHER.base", "OU=nowhere,DC=other,DC=example");
        configuration.put("kerbearer.directories.CORP.url", "ldap://127.0.0.1:1");
        DoctorVisit wrong = doctor(configuration);
        assertThat(wrong.exit()).isOne();
        assertThat(wrong.said())
                .contains("The directory CORP cannot be queried")
                .contains("The directory OTHER answers, but has no OU=nowhere,DC=other,DC=example")
                .containsPattern(
                        "HTTP/localhost belongs to the account svc-http, with key version \\d+, but the keytabs hold")
                .contains("A ticket from the KDC is refused");
    }

    private static DoctorVisit doctor(Map<String, String> configuration) throws Exception {
        return DoctorVisit.to(
                Files.createDirectories(folder.resolve("visits")),
                corp.krb5Conf(),
                corp.cacheOf("alice"),
                configuration);
    }

    @Test
    void aBlockedUserIsToldTheReason() throws Exception {
        refusedAfter("bob", "userAccountControl", "512", "514", "the identity is disabled");
        refusedAfter("eve", "accountExpires", "0", "116444736000000000", "the identity has expired");
        refusedAfter("frank", "pwdLastSet", "-1", "0", "the password must be changed first");
        // The password dates from 1970. After the change, the account options no longer exempt it from expiry.
        refusedAfter("ines", "userAccountControl", "66048", "512", "the password must be changed first");
    }

    /** Signs the user in while that is still allowed, and sets the bad value afterwards. */
    private static void refusedAfter(String user, String attribute, String good, String bad, String why)
            throws Exception {
        corp.set(user, attribute, good);
        corp.signIn(user);
        corp.set(user, attribute, bad);
        Answer answer = corp.authorize(user, watchful.port(), "users", "certificate:discover");
        refused(answer, 401, "access_denied");
        assertThat(answer.description()).isEqualTo("Failed to issue grant: " + why);
    }

    @Test
    void aRenamedUserStaysTheSameAndANewUserWithTheOldNameIsAnother() throws Exception {
        corp.add("rena");
        corp.signIn("rena");
        String before = identity(granted(corp.authorize("rena", watchful.port(), "all", "certificate")));
        corp.rename("rena", "renata");
        corp.add("rena");
        corp.signIn("renata");
        assertThat(identity(granted(corp.authorize("renata", watchful.port(), "all", "certificate"))))
                .isEqualTo(before);
        assertThat(identity(granted(corp.authorize("rena", watchful.port(), "all", "certificate"))))
                .as("with the ticket issued under the old name")
                .isEqualTo(before);
        corp.signIn("rena");
        assertThat(identity(granted(corp.authorize("rena", watchful.port(), "all", "certificate"))))
                .isNotEqualTo(before);
    }

    @Test
    void aDeletedUserIsRefusedAndTheirGrantsEnd() throws Exception {
        corp.add("dora");
        corp.signIn("dora");
        Answer grant = granted(corp.authorize("dora", watchful.port(), "all", "certificate"));
        corp.delete("dora");
        TimeUnit.MILLISECONDS.sleep(1100);
        Answer signIn = corp.authorize("dora", watchful.port(), "all", "certificate");
        refused(signIn, 401, "access_denied");
        assertThat(signIn.description()).isEqualTo("Unhandled identity claim type");
        refused(refresh(watchful, "all", grant), 400, "invalid_grant");
        assertThat(Practice.verify(watchful.port(), grant.accessToken()).status())
                .isEqualTo(401);
    }

    @Test
    void aSignInUsesTheGroupsOfTheTicketAndARefreshThoseOfTheDirectory() throws Exception {
        corp.add("grace");
        corp.signIn("grace");
        corp.join("grace", "pki-admins");
        refused(corp.authorize("grace", watchful.port(), "admins", "certificate"), 400, "unauthorized_client");
        corp.signIn("grace");
        Answer grant = granted(corp.authorize("grace", watchful.port(), "admins", "certificate"));
        corp.leave("grace", "pki-admins");
        TimeUnit.MILLISECONDS.sleep(1100);
        granted(corp.authorize("grace", watchful.port(), "admins", "certificate"));
        refused(refresh(watchful, "admins", grant), 400, "unauthorized_client");
    }

    /** These tickets are valid: they are made with the service's own key, as its KDC makes them. */
    @Test
    void aTicketIsTrustedOnlyForTheDomainOfItsRealm() throws Exception {
        Sid pat = corp.sid("pat");
        List<Membership> admins = List.of(new Membership(corp.sid("pki-admins"), ENABLED));
        granted(forged("CORP.EXAMPLE", pat, key(), admins, List.of(), "admins"));
        assertUnknown(forged("OTHER.EXAMPLE", pat, key(), admins, List.of(), "admins"));
        assertUnknown(forged("CORP.EXAMPLE", other.sid("pat"), key(), List.of(), admins, "admins"));
        List<Membership> foreign = List.of(new Membership(other.sid("pki-users"), ENABLED));
        refused(forged("CORP.EXAMPLE", pat, key(), List.of(), foreign, "others"), 400, "unauthorized_client");
        byte[] anothersKey = new byte[32];
        Answer spoilt = forged("CORP.EXAMPLE", pat, anothersKey, admins, List.of(), "admins");
        refused(spoilt, 401, "access_denied");
        assertThat(spoilt.description()).isEqualTo("Authentication failed: the ticket's PAC is not good");
        assertThat(node.output()).contains("of pat@CORP.EXAMPLE: the PAC is not signed with the key of the ticket");
    }

    /**
     * The attack: somebody sets "pat" as the user principal name of another account, and a KDC issues a ticket of "pat"
     * for it.
     */
    @Test
    void aTicketWithoutAPacIsAcceptedOnlyIfAllowedAndOnlyForTheAccountOfItsName() throws Exception {
        Answer required = withoutPac(node, "pat");
        refused(required, 401, "access_denied");
        assertThat(required.description())
                .isEqualTo("Authentication failed: the ticket has no PAC, which this realm's tickets need");
        granted(withoutPac(watchful, "pat"));
        // Samba, unlike Windows, refuses a user principal name that is another account's logon name.
        corp.add("mallory");
        corp.set("mallory", "userPrincipalName", "bare");
        assertThat(identity(granted(withoutPac(watchful, "bare"))))
                .isEqualTo(identity(granted(withoutPac(watchful, "mallory"))));
        assertUnknown(withoutPac(watchful, "bar"));
    }

    private static Answer withoutPac(RunningKerbearer at, String client) {
        byte[] token = ForgedTicket.with(serviceKey())
                .service("HTTP/localhost", "CORP.EXAMPLE")
                .client(client, "CORP.EXAMPLE")
                .raw();
        return Practice.authorize(at.port(), token, "{\"client_id\":\"all\",\"scope\":\"certificate\"}");
    }

    /** Uses protocol transition and constrained delegation with the domain's own KDC. */
    @Test
    void aDelegatingServiceIsNamedAndCanBeRefused() throws Exception {
        corp.addDelegate("svc-front", "HTTP/portal.corp.example", "HTTP/localhost");
        corp.actAs("svc-front", "alice");
        Answer answer = corp.authorize("svc-front-as-alice", node.port(), "admins", "certificate");
        assertThat(identity(granted(answer)))
                .isEqualTo(identity(granted(corp.authorize("alice", node.port(), "admins", "certificate"))));
        try (EmbeddedTables tables = EmbeddedTables.of(folder.resolve("node/data"))) {
            assertThat(tables.texts("select outcome from audit_events where outcome like '%delegated%'"))
                    .hasSize(1)
                    .allMatch(
                            outcome -> outcome.matches("ok; delegated to (HTTP/portal\\.corp\\.example|svc-front).*"));
        }
        Answer refused = corp.authorize("svc-front-as-alice", watchful.port(), "admins", "certificate");
        refused(refused, 401, "access_denied");
        assertThat(refused.description()).contains("got by another service in the user's name");
    }

    private static Answer forged(
            String realm, Sid user, byte[] pacKey, List<Membership> groups, List<Membership> extra, String client) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        int lastDash = user.text().lastIndexOf('-');
        byte[] pac = new ForgedPac(
                        "pat",
                        now,
                        new Sid(user.text().substring(0, lastDash)),
                        Long.parseLong(user.text().substring(lastDash + 1)))
                .unsigned(groups, extra, List.of());
        byte[] token = ForgedTicket.with(serviceKey())
                .service("HTTP/localhost", "CORP.EXAMPLE")
                .client("pat", realm)
                .authenticated(now)
                .transitChecked()
                .pac(ForgedPac.signed(pac, CheckSumType.HMAC_SHA1_96_AES256, pacKey))
                .raw();
        return Practice.authorize(node.port(), token, "{\"client_id\":\"" + client + "\",\"scope\":\"certificate\"}");
    }

    private static EncryptionKey serviceKey() {
        return ForgedTicket.aes256KeyIn(corp.keytab());
    }

    private static byte[] key() {
        return serviceKey().getKeyData();
    }

    private static void assertUnknown(Answer answer) {
        refused(answer, 401, "access_denied");
        assertThat(answer.description()).isEqualTo("Unhandled identity claim type");
    }

    @Test
    void aWarmSignInDoesNotQueryTheDirectory() throws Exception {
        granted(refresh(node, "admins", granted(corp.authorize("alice", node.port(), "admins", "certificate"))));
        long before = way.sent();
        assertThat(before).isPositive();
        Answer grant = granted(corp.authorize("alice", node.port(), "admins", "certificate"));
        granted(refresh(node, "admins", grant));
        assertThat(way.sent()).isEqualTo(before);
    }

    @Test
    void aCachedUserSignsInAndRefreshesWhileTheDirectoryIsUnavailable() throws Exception {
        Answer grant = granted(corp.authorize("alice", node.port(), "admins", "certificate"));
        corp.add("late");
        corp.signIn("late");
        for (Runnable fault : new Runnable[] {way::reset, way::swallow}) {
            fault.run();
            try {
                granted(corp.authorize("alice", node.port(), "admins", "certificate"));
                grant = granted(refresh(node, "admins", grant));
                assertUnavailableWithin(5, () -> corp.authorize("late", node.port(), "all", "certificate"), 401);
                assertThat(directories(node).path("AD+CORP").asText()).isEqualTo("away");
                assertThat(directories(node).path("AD+OTHER").asText()).isEqualTo("answers");
            } finally {
                way.heal();
            }
            assertGrantedWithin(10, () -> corp.authorize("alice", node.port(), "admins", "certificate"));
        }
        assertGrantedWithin(10, () -> corp.authorize("late", node.port(), "all", "certificate"));
    }

    @Test
    void aRefreshThatCannotBeCheckedLeavesTheTokensValid() throws Exception {
        Answer grant = granted(corp.authorize("carol", watchful.port(), "zürich", "certificate"));
        watchfulWay.reset();
        try {
            TimeUnit.MILLISECONDS.sleep(1100);
            assertUnavailableWithin(5, () -> refresh(watchful, "zürich", grant), 503);
        } finally {
            watchfulWay.heal();
        }
        assertGrantedWithin(10, () -> refresh(watchful, "zürich", grant));
    }

    @Test
    void aNodeStartsWithoutItsDirectoryAndGivesAccessOnceTheDirectoryReturns() throws Exception {
        try (TcpProxy late = TcpProxy.to(new InetSocketAddress(corp.address(), 389))) {
            late.reset();
            try (RunningKerbearer started = RunningKerbearer.start(folder.resolve("late"), configuration(late))) {
                assertThat(directories(started).path("unresolved trustees").asText())
                        .contains("AD+CORP:pki-admins", "AD+CORP:keys & (doors)")
                        .doesNotContain("AD+OTHER");
                assertThat(started.output()).contains("have no access through it yet");
                refused(other.authorize("alice", started.port(), "admins", "certificate"), 400, "unauthorized_client");
                late.heal();
                assertGrantedWithin(20, () -> corp.authorize("alice", started.port(), "admins", "certificate"));
                assertThat(directories(started).path("unresolved trustees").asText())
                        .doesNotContain("pki-admins");
            }
        }
    }

    private static Answer refresh(RunningKerbearer at, String client, Answer grant) {
        return RawHttp.post(at.port(), Practice.TOKEN)
                .json("{\"client_id\":\"" + client + "\",\"refresh_token\":\""
                        + grant.json().path("refresh_token").asText() + "\"}")
                .send();
    }

    private static JsonNode directories(RunningKerbearer at) {
        for (JsonNode check : RawHttp.get(at.managementPort(), "/q/health/ready")
                .send()
                .json()
                .path("checks")) {
            if (check.path("name").asText().equals("Directories")) {
                assertThat(check.path("status").asText()).isEqualTo("UP");
                return check.path("data");
            }
        }
        throw new AssertionError("nothing is told of directories");
    }

    private static String identity(Answer answer) {
        return answer.json().path("identity").asText();
    }

    private static Answer granted(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static void refused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
    }

    private static void assertUnavailableWithin(int seconds, Callable<Answer> call, int status) throws Exception {
        Instant start = Instant.now();
        Answer answer = call.call();
        refused(answer, status, "server_error");
        assertThat(answer.description()).endsWith("directory unavailable");
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(seconds));
    }

    private static void assertGrantedWithin(int seconds, Callable<Answer> call) throws Exception {
        Instant end = Instant.now().plusSeconds(seconds);
        Answer answer = call.call();
        while (answer.status() != 200 && Instant.now().isBefore(end)) {
            TimeUnit.MILLISECONDS.sleep(200);
            answer = call.call();
        }
        granted(answer);
    }
}
