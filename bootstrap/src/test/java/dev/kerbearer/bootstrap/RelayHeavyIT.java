package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * impacket relays a victim's NTLM sign-in to Kerbearer. The test reads its expectations from the table in
 * docs/channel-binding.md, so the table must match what is let in.
 */
class RelayHeavyIT {

    private static final Path PAGE = Path.of("../docs/channel-binding.md");
    private static final String HEADING = "| the victim, and how it signs in to the attacker |";
    private static final String SERVICE = "kerbearer.example";
    private static final List<String> SETTINGS = List.of("off", "when-present", "required");
    private static final String UNNAMED = "unnamed-proxy";

    private static Practice practice;
    private static TlsIdentity attacker;
    private static Relay relay;
    private static final List<AutoCloseable> RUNNING = new ArrayList<>();

    /** The victims, by their description in the table. */
    private static final Map<String, Victim> VICTIMS = Map.of(
            "`smbclient`, by SMB",
            new Victim("", RelayHeavyIT::smbclient),
            "`smbclient`, by SMB; the attacker takes the integrity code out",
            new Victim("-without-mic", RelayHeavyIT::smbclient),
            "`curl --ntlm`, by HTTP: says neither service nor channel",
            new Victim("", RelayHeavyIT::curl),
            "Windows, by HTTP, under another name",
            new Victim(
                    "",
                    target -> windows(
                            target, "http", alice().to("HTTP/files.example").on(new byte[16]))),
            "Windows, by HTTP, under this service's name",
            new Victim("", target -> windows(target, "http", toThisService().on(new byte[16]))),
            "Windows, by HTTP, under this service's name; the attacker takes the integrity code out",
            new Victim(
                    "-without-mic",
                    target -> windows(target, "http", toThisService().on(new byte[16]))),
            "Windows, by HTTPS, under this service's name",
            new Victim("", target -> windows(target, "https", toThisService().on(attacker.binding()))),
            "`requests-ntlm`, by HTTPS: says its channel, but no service",
            new Victim("", RelayHeavyIT::requests));

    /**
     * Somebody who signs in to the attacker.
     *
     * @param meddling what the attacker changes in the messages, used as suffix of the target's name
     */
    private record Victim(String meddling, Lured lured) {}

    @FunctionalInterface
    private interface Lured {
        void signInTo(String target) throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        practice = Practice.start();
        attacker = TlsIdentity.ofRsa(practice.folder("attacker"), "localhost");
        TlsIdentity own = TlsIdentity.ofEllipticCurve(practice.folder("tls"), "localhost");
        TlsIdentity proxys = TlsIdentity.ofRsa(practice.folder("proxy-tls"), "localhost");
        Map<String, String> targets = new LinkedHashMap<>();
        for (String setting : SETTINGS) {
            Map<String, String> configuration = behindAProxy();
            configuration.put("kerbearer.negotiate.channel-binding", setting);
            configuration.put(
                    "kerbearer.negotiate.channel-binding-certificate",
                    proxys.certificateFile().toString());
            configuration.put("quarkus.http.ssl-port", "0");
            configuration.put("quarkus.http.tls-configuration-name", "https");
            configuration.put(
                    "quarkus.tls.https.key-store.pem.own.cert",
                    own.certificateFile().toString());
            configuration.put(
                    "quarkus.tls.https.key-store.pem.own.key", own.keyFile().toString());
            RunningKerbearer node = running(RunningKerbearer.start(practice.folder(setting), configuration));
            add(targets, setting + "-tls", node.tlsPort());
            add(
                    targets,
                    setting + "-proxy",
                    running(TcpProxy.endingTls(proxys.context(), node.port())).port());
        }
        RunningKerbearer unnamed = running(RunningKerbearer.start(practice.folder(UNNAMED), behindAProxy()));
        add(
                targets,
                UNNAMED,
                running(TcpProxy.endingTls(proxys.context(), unnamed.port())).port());
        relay = running(Relay.start(practice.folder("relay"), attacker, targets));
    }

    private static Map<String, String> behindAProxy() {
        Map<String, String> configuration = practice.configuration();
        configuration.put("kerbearer.ntlm.enabled", "true");
        configuration.put("kerbearer.ntlm.pinned-connections", "true");
        configuration.put("kerbearer.public-url", "https://" + SERVICE);
        configuration.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        configuration.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        return configuration;
    }

    private static void add(Map<String, String> targets, String name, int port) {
        for (String meddling : List.of("", "-without-mic")) {
            targets.put(name + meddling, "https://localhost:" + port + Practice.AUTHORIZE);
        }
    }

    private static <T extends AutoCloseable> T running(T started) {
        RUNNING.add(0, started);
        return started;
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : RUNNING) {
            each.close();
        }
        practice.close();
    }

    /**
     * Returns the cells of each row: one for each setting, and one behind a proxy whose certificate is not configured.
     */
    static Stream<List<String>> rows() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int heading =
                lines.stream().map(line -> line.startsWith(HEADING)).toList().indexOf(true);
        return lines.stream()
                .skip(heading + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.split("\\|"))
                        .map(String::strip)
                        .filter(cell -> !cell.isEmpty())
                        .toList());
    }

    @Test
    void thePageListsEveryVictim() throws IOException {
        assertThat(rows().map(row -> row.get(0))).containsExactlyInAnyOrderElementsOf(VICTIMS.keySet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachRelayedSignInHasTheResultOfThePage(List<String> row) throws Exception {
        Victim victim = Objects.requireNonNull(VICTIMS.get(row.get(0)), row.get(0));
        assertThat(row).hasSize(2 + SETTINGS.size());
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < SETTINGS.size(); i++) {
            expected.put(SETTINGS.get(i) + "-tls", row.get(1 + i));
            expected.put(SETTINGS.get(i) + "-proxy", row.get(1 + i));
        }
        expected.put(UNNAMED, row.get(1 + SETTINGS.size()));
        Map<String, String> found = new LinkedHashMap<>();
        for (String target : expected.keySet()) {
            victim.lured().signInTo(target + victim.meddling());
            found.put(target, words(relay.outcome(target + victim.meddling())));
        }
        assertThat(found).isEqualTo(expected);
    }

    /** Returns the result in the words of the table. */
    private static String words(JsonNode outcome) {
        JsonNode answer = outcome.path("answer");
        if (outcome.path("status").asInt() == 200) {
            assertThat(answer.path("identity").asText()).isEqualTo(Practice.ALICE);
            SeenSecrets.text(answer.path("access_token").asText());
            return "let in";
        }
        assertThat(outcome.path("status").asInt()).as(outcome.toString()).isEqualTo(401);
        String description = answer.path("error_description").asText();
        for (String reason : List.of("target name", "channel binding", "integrity code")) {
            if (description.contains(reason)) {
                return "refused: " + reason;
            }
        }
        return description;
    }

    private static NtlmClient alice() {
        return NtlmClient.of("WORKGROUP", "alice", Practice.PASSWORD);
    }

    private static NtlmClient toThisService() {
        return alice().to("HTTP/" + SERVICE);
    }

    private static void smbclient(String target) throws Exception {
        run(
                "smbclient",
                "-p",
                Integer.toString(relay.port(target, "smb")),
                "-U",
                "WORKGROUP\\alice%" + Practice.PASSWORD,
                "-c",
                "exit",
                "//127.0.0.1/IPC$");
    }

    private static void curl(String target) throws Exception {
        run("curl", "--silent", "--ntlm", "-u", "alice:" + Practice.PASSWORD, url(target, "http"));
    }

    private static void requests(String target) throws Exception {
        run(
                "/usr/bin/python3",
                "-W",
                "ignore",
                "-c",
                "import sys, requests, requests_ntlm\n"
                        + "requests.get(sys.argv[1], auth=requests_ntlm.HttpNtlmAuth(*sys.argv[2:]), verify=False)",
                url(target, "https"),
                "WORKGROUP\\alice",
                Practice.PASSWORD);
    }

    private static String url(String target, String protocol) {
        return protocol + "://localhost:" + relay.port(target, protocol) + "/";
    }

    /** Ignores the exit code: the attacker has what it wants, and may answer the victim anything. */
    private static void run(String... command) throws Exception {
        Path folder = practice.folder("victims");
        Process process;
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile());
        builder.environment().put("KRB5CCNAME", folder.resolve("no-ticket").toString());
        if (command[0].endsWith("python3")) {
            builder.environment()
                    .put("OPENSSL_CONF", new NtlmClients(folder).opensslConf().toString());
        }
        try {
            process = builder.start();
        } catch (IOException missing) {
            throw new AssertionError(
                    "This test needs " + command[0] + "; on Debian: apt-get install smbclient python3-requests-ntlm",
                    missing);
        }
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command[0] + " does not end:\n" + Files.readString(folder.resolve("said.txt")));
        }
    }

    /** Signs in as Windows does: it names the target service, and sends a channel binding under TLS. */
    private static void windows(String target, String protocol, NtlmClient client) throws Exception {
        int port = relay.port(target, protocol);
        try (KeptConnection connection = protocol.equals("https")
                ? KeptConnection.to(port, attacker.context(), "localhost")
                : KeptConnection.to(port)) {
            RawHttp.Answer challenged = ask(connection, client.negotiate());
            String challenge = challenged.header("WWW-Authenticate").orElseThrow();
            ask(connection, client.authenticate(Base64.getDecoder().decode(challenge.substring("NTLM ".length()))));
        }
    }

    private static RawHttp.Answer ask(KeptConnection connection, byte[] message) {
        return connection
                .ask(RawHttp.get(0, "/")
                        .header("Authorization", "NTLM " + Base64.getEncoder().encodeToString(message)))
                .orElseThrow();
    }
}
