package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kerbearer.bootstrap.NtlmClients.Client;
import dev.kerbearer.bootstrap.NtlmClients.Reply;
import dev.kerbearer.bootstrap.NtlmClients.User;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Users of a real domain sign in with NTLM, checked by a real winbind. Local users sign in with the same clients. Needs
 * root and Debian's packages (docs/testing.md).
 */
class WindowsNtlmHeavyIT {

    private static final String INTEGRATIONS = """
            [{"id": "admins", "scope": "certificate", "access": [{"trustee": "AD+CORP:pki-admins"}]},
             {"id": "all", "scope": "certificate", "access": [{"trustee": "AD+CORP:Domain Users"}]}]
            """;
    private static final String LOCAL_PASSWORD = "Practice makes 2 perfect";
    private static final String ALL = request("all");
    private static final String PLAIN_REFUSAL = "Authentication failed: the user name or password is not right";

    private static Path folder;
    private static WindowsDomain corp;
    private static RunningKerbearer node;
    private static RunningKerbearer local;
    private static NtlmClients clients;

    @BeforeAll
    static void start() throws Exception {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/e2e")), "ntlm")
                .toAbsolutePath();
        clients = new NtlmClients(Files.createDirectories(folder.resolve("clients")));
        Files.writeString(folder.resolve("integrations.json"), INTEGRATIONS);
        corp = WindowsDomain.start("CORP.EXAMPLE", "127.0.0.83");
        node = RunningKerbearer.start(folder.resolve("node"), configuration());
        local = RunningKerbearer.start(folder.resolve("local"), localConfiguration());
    }

    private static Map<String, String> configuration() {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("java.security.krb5.conf", corp.krb5Conf().toString());
        configuration.put("quarkus.kerberos.keytab-path", corp.keytab().toString());
        configuration.put("kerbearer.directories.CORP.url", "ldap://" + corp.address());
        configuration.put("kerbearer.directories.CORP.bind.account", "svc-http");
        // A short cache, so that changes of an account are seen.
        configuration.put("kerbearer.directories.CORP.cache", "1s");
        configuration.put("kerbearer.realms.\"CORP.EXAMPLE\".provider", "CORP");
        configuration.put("kerbearer.ntlm.enabled", "true");
        configuration.put("kerbearer.ntlm.authority", "winbind");
        configuration.put("kerbearer.ntlm.winbind.program", corp.ntlmAuth().toString());
        configuration.put(
                "kerbearer.integrations.import",
                folder.resolve("integrations.json").toString());
        return configuration;
    }

    private static Map<String, String> localConfiguration() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), LOCAL_PASSWORD + "\n");
        SeenSecrets.text(LOCAL_PASSWORD);
        Path identities = Files.writeString(folder.resolve("identities.json"), """
                [{"name": "alice", "ntlm": true, "password": "file:%1$s"},
                 {"name": "jürgen", "ntlm": true, "password": "file:%1$s"},
                 {"name": "bob", "enabled": false, "ntlm": true, "password": "file:%1$s"}]
                """.formatted(password));
        Path integrations = Files.writeString(folder.resolve("local-integrations.json"), """
                [{"id": "all", "scope": "certificate",
                  "access": [{"trustee": "local:alice"}, {"trustee": "local:jürgen"}, {"trustee": "local:bob"}]}]
                """);
        return Map.of(
                "kerbearer.ntlm.enabled",
                "true",
                "kerbearer.identities.import",
                identities.toString(),
                "kerbearer.integrations.import",
                integrations.toString());
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {node, local, corp}) {
            if (each != null) {
                each.close();
            }
        }
    }

    static Stream<Arguments> clients() {
        return new NtlmClients(Path.of("")).all().keySet().stream().sorted().map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aDomainUserSignsInWithTheirPassword(String name) throws Exception {
        Client client = clients.named(name);
        Reply granted = client.authorize(user("alice"), node.port(), request("admins"));
        assertThat(granted.status()).as(granted.toString()).isEqualTo(200);
        assertThat(granted.identity()).as("access by a nested group").isEqualTo(identityOfAlice());
        Reply wrong = client.authorize(new User("CORP", "alice", "Wrong-horse-battery-1"), node.port(), ALL);
        assertThat(wrong.status()).as(wrong.toString()).isEqualTo(401);
        assertThat(wrong.description()).isEqualTo(PLAIN_REFUSAL);
        Reply disabled = client.authorize(user("bob"), node.port(), ALL);
        assertThat(disabled.status()).isEqualTo(401);
        assertThat(disabled.description()).isEqualTo("Failed to issue grant: the identity is disabled");
        Reply noAccess = client.authorize(user("carol"), node.port(), request("admins"));
        assertThat(noAccess.status()).as(noAccess.toString()).isEqualTo(400);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aLocalIdentitySignsInWithItsPassword(String name) throws Exception {
        Client client = clients.named(name);
        Reply granted = client.authorize(new User("WORKGROUP", "alice", LOCAL_PASSWORD), local.port(), ALL);
        assertThat(granted.status()).as(granted.toString()).isEqualTo(200);
        assertThat(granted.identity()).startsWith("local:{");
        Reply wrong = client.authorize(new User("WORKGROUP", "alice", "Wrong-horse-battery-1"), local.port(), ALL);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.description()).isEqualTo(PLAIN_REFUSAL);
        Reply disabled = client.authorize(new User("WORKGROUP", "bob", LOCAL_PASSWORD), local.port(), ALL);
        assertThat(disabled.description()).isEqualTo("Failed to issue grant: the identity is disabled");
    }

    /** curl encodes letters beyond ASCII wrongly, and Debian's requests-ntlm cannot encode them. */
    @ParameterizedTest
    @CsvSource({"curl --negotiate with gss-ntlmssp", "HttpURLConnection"})
    void aNameMayHaveUmlauts(String name) throws Exception {
        Client client = clients.named(name);
        Reply granted = client.authorize(user("jürgen"), node.port(), ALL);
        assertThat(granted.status()).as(granted.toString()).isEqualTo(200);
        assertThat(client.authorize(new User("WORKGROUP", "jürgen", LOCAL_PASSWORD), local.port(), ALL)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "CORP, alice",
        "corp, ALICE",
        "corp.example, alice",
        "'', alice",
        "'', alice@corp.example",
        "CORP, alice@corp.example"
    })
    void aUserMayUseAnyFormOfTheirName(String domain, String name) {
        Answer granted = windows(NtlmClient.of(domain, name, WindowsDomain.PASSWORD));
        assertThat(granted.status()).as(granted.body()).isEqualTo(200);
        assertThat(granted.json().path("identity").asText()).isEqualTo(identityOfAlice());
    }

    @Test
    void aUserMaySignInWithTheirStoredPrincipalName() {
        assertThat(windows(NtlmClient.of("", "carol.long@corp.example", WindowsDomain.PASSWORD))
                        .status())
                .isEqualTo(200);
    }

    /** A domain administrator gave this name to one of its own users, and the domain accepts that user's password. */
    @Test
    void aNameSuffixOfAnotherForestIsRefused() throws Exception {
        corp.set("carol", "userPrincipalName", "alice@other.example");
        try {
            Answer answer = windows(NtlmClient.of("", "alice@other.example", WindowsDomain.PASSWORD));
            assertThat(answer.status()).as(answer.body()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("AD+");
        } finally {
            corp.set("carol", "userPrincipalName", "carol.long@corp.example");
        }
    }

    @Test
    void aResponseMadeForAnotherServiceIsRefused() {
        String service = "HTTP/localhost";
        assertThat(windows(alice().to(service)).status()).isEqualTo(200);
        assertThat(windows(alice().to("HTTP/DC1")).status())
                .as("Samba's name of this machine")
                .isEqualTo(200);
        for (String another : List.of("cifs/localhost", "HTTP/files.corp.example")) {
            Answer answer = windows(alice().to(another));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.description())
                    .isEqualTo("Authentication failed: the sign-in was made for another service (target name)");
        }
        assertThat(node.output()).contains("signed in to cifs/localhost, which is no name of this service");
    }

    @Test
    void anUnknownUserAndAWrongPasswordGetTheSameAnswer() {
        Answer unknown = windows(NtlmClient.of("CORP", "mallory", WindowsDomain.PASSWORD));
        Answer wrong = windows(NtlmClient.of("CORP", "alice", "Wrong-horse-battery-1"));
        Answer stranger = windows(NtlmClient.of("WORKGROUP", "alice", WindowsDomain.PASSWORD));
        Answer disabledAndWrong = windows(NtlmClient.of("CORP", "bob", "Wrong-horse-battery-1"));
        for (Answer answer : List.of(unknown, wrong, stranger, disabledAndWrong)) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.phrase()).isEqualTo(PLAIN_REFUSAL);
            assertThat(answer.headers("WWW-Authenticate")).containsExactly("Negotiate", "NTLM");
        }
        assertThat(node.output()).contains("winbind says of CORP\\mallory: The specified account does not exist");
    }

    @Test
    void aBlockedUserIsToldTheReasonOnlyIfThePasswordIsRight() {
        assertThat(description("eve")).isEqualTo("Failed to issue grant: the identity has expired");
        assertThat(description("frank")).isEqualTo("Failed to issue grant: the password must be changed first");
    }

    private static String description(String user) {
        Answer answer = windows(NtlmClient.of("CORP", user, WindowsDomain.PASSWORD));
        assertThat(answer.status()).isEqualTo(401);
        return answer.description();
    }

    /** Uses the session key that winbind returns. */
    @Test
    void theIntegrityCodeIsChecked() throws Exception {
        assertThat(windows(alice().withoutMic()).status()).isEqualTo(200);
        assertThat(windows(alice()).status()).isEqualTo(200);
        Answer changed = NtlmClients.windows(alice(), WindowsNtlmHeavyIT::withAnotherCode, node.port(), ALL);
        assertThat(changed.status()).isEqualTo(401);
        assertThat(changed.description()).isEqualTo("Authentication failed: the messages were changed on the way");
    }

    private static byte[] withAnotherCode(byte[] message) {
        byte[] changed = message.clone();
        changed[72] ^= 1;
        return changed;
    }

    @Test
    void theStartReportNamesTheDomainOfNtlm() {
        assertThat(node.output())
                .contains("NTLM is on (passwords are checked by: winbind)")
                .contains("NTLM checks passwords of the domain CORP (corp.example), and its users are in the"
                        + " directory AD+CORP");
    }

    @Test
    void theDoctorChecksWinbind() throws Exception {
        DoctorVisit good = doctor(configuration());
        assertThat(good.said())
                .contains("Samba is set up as a member of CORP (corp.example), and its users are in the directory"
                        + " AD+CORP")
                .containsPattern("good +winbind answers .*ntlm_auth, and reaches the domain")
                .contains("0 wrong");
        Map<String, String> missing = configuration();
        missing.put("kerbearer.ntlm.winbind.program", "/none/ntlm_auth");
        assertThat(doctor(missing).said())
                .containsPattern("wrong +/none/ntlm_auth is missing")
                .contains("apt-get install winbind");
        Map<String, String> withoutRight = configuration();
        withoutRight.put("kerbearer.ntlm.winbind.program", asUnprivilegedUser().toString());
        DoctorVisit wrong = doctor(withoutRight);
        assertThat(wrong.exit()).isOne();
        assertThat(wrong.said())
                .containsPattern("wrong +winbind does not check passwords for this user: Reading winbind reply failed")
                .contains("usermod -aG winbindd_priv");
    }

    private static DoctorVisit doctor(Map<String, String> configuration) throws Exception {
        corp.signIn("alice");
        return DoctorVisit.to(
                Files.createDirectories(folder.resolve("visits")),
                corp.krb5Conf(),
                corp.cacheOf("alice"),
                configuration);
    }

    /** Returns a program that runs ntlm_auth under an account that is in none of winbind's groups. */
    private static Path asUnprivilegedUser() throws Exception {
        Path program = Files.createTempFile("nobodys", "-ntlm_auth");
        Files.writeString(program, """
                #!/bin/sh
                exec setpriv --reuid=65534 --regid=65534 --clear-groups /usr/bin/ntlm_auth --configfile=%s "$@"
                """.formatted(readable(corp.ntlmAuth().resolveSibling("smb.conf"))));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    /** Returns a readable copy, because only the owner can read the lab's folder. */
    private static Path readable(Path configuration) throws Exception {
        Path copy = Files.createTempFile("lab", ".conf");
        Files.writeString(copy, Files.readString(configuration));
        assertThat(copy.toFile().setReadable(true, false)).isTrue();
        return copy;
    }

    @Test
    void noSignInFailsWhenProcessesAreKilled() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            AtomicInteger answered = new AtomicInteger();
            // Kills all processes at once, and the next time only after callers have had answers.
            Future<Integer> killer = threads.submit(() -> {
                int killed = 0;
                int next = 20;
                while (!ended.get()) {
                    if (answered.get() >= next) {
                        next = answered.get() + 20;
                        killed += (int) processesOf(node)
                                .filter(ProcessHandle::destroyForcibly)
                                .count();
                    }
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                return killed;
            });
            List<Future<List<Integer>>> callers = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                callers.add(threads.submit(
                        () -> Stream.generate(() -> windows(alice()).status())
                                .limit(100)
                                .peek(status -> answered.incrementAndGet())
                                .toList()));
            }
            for (Future<List<Integer>> caller : callers) {
                assertThat(caller.get(2, TimeUnit.MINUTES)).containsOnly(200);
            }
            ended.set(true);
            assertThat(killer.get(1, TimeUnit.MINUTES)).isGreaterThan(5);
        } finally {
            ended.set(true);
            threads.shutdownNow();
        }
        within(Duration.ofSeconds(10), () -> processesOf(node).count() <= 4 ? 0 : 1, 0);
    }

    @Test
    void hangingProcessesAreReplaced() throws Exception {
        assertThat(windows(alice()).status()).isEqualTo(200);
        List<ProcessHandle> stopped = processesOf(node).toList();
        assertThat(stopped).isNotEmpty();
        signal("STOP", stopped);
        within(Duration.ofSeconds(10), () -> windows(alice()).status(), 200);
        awaitEndOf(stopped);
    }

    @Test
    void aHangingWinbindIsReportedAsUnavailableAndTicketsStillWork() throws Exception {
        corp.signIn("alice");
        List<ProcessHandle> winbind = Stream.concat(
                        Stream.of(corp.winbind()), corp.winbind().descendants())
                .toList();
        signal("STOP", winbind);
        try {
            Instant start = Instant.now();
            Answer answer = windows(alice());
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(6));
            assertThat(answer.status()).as(answer.body()).isEqualTo(401);
            assertThat(answer.description()).isEqualTo("Failed to issue grant: directory unavailable");
            assertThat(answer.header("Retry-After")).isPresent();
            assertThat(withTicketOfAlice().status()).as("with a ticket").isEqualTo(200);
            assertThat(readiness().path("winbind").asText()).isEqualTo("away");
            assertThat(node.output()).contains("ntlm_auth does not answer in time");
        } finally {
            signal("CONT", winbind);
        }
        within(Duration.ofSeconds(10), () -> windows(alice()).status(), 200);
        assertThat(readiness().path("winbind").asText()).isEqualTo("not known to be away");
    }

    /** Does not use curl: gss-ntlmssp makes every program with GSS-API wait for winbind, too. */
    private static Answer withTicketOfAlice() {
        return RawHttp.post(node.port(), Practice.AUTHORIZE)
                .header("Authorization", "Negotiate " + Base64.getEncoder().encodeToString(corp.token("alice")))
                .json(ALL)
                .send();
    }

    @Test
    void noProcessOutlivesANodeThatEndsOrIsKilled() throws Exception {
        for (boolean killed : new boolean[] {false, true}) {
            RunningKerbearer brief = RunningKerbearer.start(folder.resolve("brief-" + killed), configuration());
            assertThat(NtlmClients.windows(alice(), brief.port(), ALL).status()).isEqualTo(200);
            List<ProcessHandle> processes = processesOf(brief).toList();
            assertThat(processes).isNotEmpty();
            if (killed) {
                brief.kill();
                // The next start of a node on its folder would do this.
                Postmaster.of(folder.resolve("brief-true/data/postgresql")).stop();
            } else {
                brief.close();
            }
            awaitEndOf(processes);
        }
    }

    /** Returns the processes that ask winbind for a node. */
    private static Stream<ProcessHandle> processesOf(RunningKerbearer kerbearer) {
        return kerbearer
                .process()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/ntlm_auth"));
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private static void awaitEndOf(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            process.onExit().get(20, TimeUnit.SECONDS);
        }
    }

    private static void within(Duration time, IntSupplier status, int expected) throws Exception {
        Instant end = Instant.now().plus(time);
        while (status.getAsInt() != expected) {
            assertThat(Instant.now()).isBefore(end);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static JsonNode readiness() {
        for (JsonNode check : RawHttp.get(node.managementPort(), "/q/health/ready")
                .send()
                .json()
                .path("checks")) {
            if (check.path("name").asText().equals("Directories")) {
                return check.path("data");
            }
        }
        throw new AssertionError("nothing is told of directories");
    }

    private static String identityOfAlice() {
        Answer granted = windows(alice());
        assertThat(granted.status()).as(granted.body()).isEqualTo(200);
        String identity = granted.json().path("identity").asText();
        assertThat(identity).matches("AD\\+CORP:\\{[0-9a-f-]{36}}");
        return identity;
    }

    private static NtlmClient alice() {
        return NtlmClient.of("CORP", "alice", WindowsDomain.PASSWORD);
    }

    private static Answer windows(NtlmClient client) {
        return NtlmClients.windows(client, node.port(), ALL);
    }

    private static User user(String name) {
        return new User("CORP", name, WindowsDomain.PASSWORD);
    }

    private static String request(String client) {
        return "{\"client_id\":\"" + client + "\",\"scope\":\"certificate\"}";
    }
}
