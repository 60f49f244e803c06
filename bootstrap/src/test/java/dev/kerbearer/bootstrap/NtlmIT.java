package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import dev.kerbearer.windowsauth.spnego.SpnegoClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NTLM of local identities against the packaged application, with curl and with a client that can send anything. */
class NtlmIT {

    private static final byte[] ONLY_NTLM = SpnegoClient.mechanismList(SpnegoClient.NTLM);

    private static Practice practice;
    private static RunningKerbearer kerbearer;
    private static int port;

    @BeforeAll
    static void start() {
        practice = Practice.start();
        Map<String, String> configuration = practice.configuration();
        configuration.put("kerbearer.ntlm.enabled", "true");
        kerbearer = RunningKerbearer.start(practice.folder("node"), configuration);
        port = kerbearer.port();
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    @Test
    void curlSignsInWithAPassword() throws Exception {
        String answer = curl(0, "--ntlm", "-u", "alice:" + Practice.PASSWORD);
        assertThat(answer).contains("\"identity\":\"" + Practice.ALICE + "\"");
        String token = new ObjectMapper().readTree(answer).path("access_token").asText();
        assertThat(Practice.verify(port, token).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local\\alice", "WORKGROUP\\alice"})
    void anyDomainNameOfCurlIsAccepted(String user) throws Exception {
        assertThat(curl(0, "--ntlm", "-u", user + ":" + Practice.PASSWORD)).contains(Practice.ALICE);
    }

    @Test
    void curlWithAWrongPasswordIsRefused() throws Exception {
        assertThat(curl(22, "--ntlm", "-u", "alice:Wrong horse battery"))
                .contains("Authentication failed: the user name or password is not right");
    }

    /** curl prefers a ticket over a password. */
    @Test
    void curlChoosesTheSchemeItself() throws Exception {
        assertThat(curl(0, "--anyauth", "-u", ":")).contains(Practice.ALICE);
    }

    @Test
    void bothSchemesAreOfferedInSeparateHeaders() {
        Answer answer = RawHttp.post(port, Practice.AUTHORIZE).json("{}").send();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers("WWW-Authenticate")).containsExactly("Negotiate", "NTLM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NTLM", "Negotiate"})
    void twoRequestsOnAConnectionMakeASignIn(String scheme) throws Exception {
        try (KeptConnection connection = KeptConnection.to(port)) {
            Answer answer = signIn(connection, scheme, alice(), Practice.REQUEST);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.headers("WWW-Authenticate")).isEmpty();
            assertThat(ask(connection, Optional.empty()).status())
                    .as("valid for its request, not for its connection")
                    .isEqualTo(401);
        }
    }

    @Test
    void theAnswerCarriesTheFinalSpnegoToken() throws Exception {
        try (KeptConnection connection = KeptConnection.to(port)) {
            NtlmClient client = alice();
            byte[] answer = spnegoAnswer(connection, client);
            Answer granted = ask(connection, Optional.of("Negotiate " + base64(answer)));
            assertThat(granted.status()).as(granted.toString()).isEqualTo(200);
            assertServersSignature(client, granted);
            Answer refused =
                    ask(connection, Optional.of("Negotiate " + base64(spnegoAnswer(connection, client))), "{}");
            assertThat(refused.status()).isEqualTo(400);
            assertServersSignature(client, refused);
        }
    }

    private static byte[] spnegoAnswer(KeptConnection connection, NtlmClient client) {
        byte[] offer = SpnegoClient.offer(ONLY_NTLM, Optional.of(client.negotiate()));
        byte[] challenge = challengeIn(ask(connection, Optional.of("Negotiate " + base64(offer))), "Negotiate");
        byte[] answer = client.authenticate(SpnegoClient.tokenIn(challenge).orElseThrow());
        return SpnegoClient.answer(answer, Optional.of(client.sign(ONLY_NTLM)));
    }

    private static void assertServersSignature(NtlmClient client, Answer answer) {
        byte[] reply = challengeIn(answer, "Negotiate");
        assertThat(client.isServersSignature(
                        ONLY_NTLM, SpnegoClient.signatureIn(reply).orElseThrow()))
                .isTrue();
    }

    @Test
    void aChallengeAnsweredOnAnotherConnectionIsRefused() throws Exception {
        try (KeptConnection one = KeptConnection.to(port);
                KeptConnection other = KeptConnection.to(port)) {
            NtlmClient client = alice();
            String answer = "NTLM " + base64(client.authenticate(begin(one, "NTLM", client)));
            assertRefused(ask(other, Optional.of(answer)), "no NTLM challenge is open on this connection");
            assertThat(ask(one, Optional.of(answer)).status()).isEqualTo(200);
            assertRefused(ask(one, Optional.of(answer)), "no NTLM challenge is open on this connection");
        }
    }

    @Test
    void messagesOutOfOrderAreRefused() throws Exception {
        try (KeptConnection connection = KeptConnection.to(port);
                KeptConnection another = KeptConnection.to(port)) {
            NtlmClient client = alice();
            byte[] challenge = begin(another, "NTLM", client);
            String answer = "NTLM " + base64(client.authenticate(challenge));
            String nothing = "no NTLM challenge is open on this connection";
            assertRefused(ask(connection, Optional.of(answer)), nothing);
            assertRefused(ask(connection, Optional.of("NTLM " + base64(challenge))), nothing);
            begin(connection, "NTLM", client);
            begin(connection, "NTLM", client);
            assertRefused(
                    ask(connection, Optional.of(answer)), "the NTLM message is refused: it answers another challenge");
            assertRefused(ask(connection, Optional.of(answer)), nothing);
            assertThat(ask(another, Optional.of(answer)).status())
                    .as("messages on other connections have no effect")
                    .isEqualTo(200);
        }
    }

    @Test
    void aRequestWithoutASignInDoesNotDisturbTheHandshake() throws Exception {
        try (KeptConnection connection = KeptConnection.to(port)) {
            NtlmClient client = alice();
            String answer = "NTLM " + base64(client.authenticate(begin(connection, "NTLM", client)));
            assertThat(ask(connection, Optional.empty()).status()).isEqualTo(401);
            assertThat(ask(connection, Optional.of(answer)).status()).isEqualTo(200);
        }
    }

    @Test
    void anUnknownUserAndAWrongPasswordGetTheSameAnswer() throws Exception {
        Answer unknown = refusedAnswer(NtlmClient.of("", "mallory", Practice.PASSWORD));
        Answer wrong = refusedAnswer(NtlmClient.of("", "alice", "Wrong horse battery"));
        Answer withoutNtlm = refusedAnswer(NtlmClient.of("", "bob", Practice.PASSWORD));
        assertThat(List.of(unknown.phrase(), wrong.phrase(), withoutNtlm.phrase()))
                .containsOnly("Authentication failed: the user name or password is not right");
        assertThat(unknown.body()).isEqualTo(wrong.body()).isEqualTo(withoutNtlm.body());
    }

    @Test
    void aDisabledUserIsToldOnlyIfThePasswordIsRight() throws Exception {
        assertThat(refusedAnswer(NtlmClient.of("", "dora", Practice.PASSWORD)).description())
                .isEqualTo("Failed to issue grant: the identity is disabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "TlRMTVNTUAABAAAA", "TlRMTVNTUAADAAAA", "QUJD", "YAA=", "oQA="})
    void aMalformedMessageGetsAFreshChallenge(String token) throws Exception {
        try (KeptConnection connection = KeptConnection.to(port)) {
            for (String scheme : List.of("NTLM ", "Negotiate ")) {
                Answer answer = ask(connection, Optional.of((scheme + token).strip()));
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.headers("WWW-Authenticate")).containsExactly("Negotiate", "NTLM");
            }
        }
    }

    /** NTLM belongs to a connection, and the streams of HTTP/2 share one. */
    @Test
    void ntlmIsNotOfferedOverHttp2() throws Exception {
        String type1 = "Authorization: NTLM " + base64(alice().negotiate());
        assertThat(curl(22, "--http2-prior-knowledge", "-i", "-H", type1).toLowerCase(Locale.ROOT))
                .contains("http/2 401", "www-authenticate: negotiate")
                .doesNotContain("www-authenticate: ntlm");
    }

    @Test
    void behindADeclaredProxyItIsOfferedOnlyIfConnectionsArePinned() {
        Map<String, String> configuration = practice.configuration();
        configuration.put("kerbearer.ntlm.enabled", "true");
        configuration.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        configuration.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        try (RunningKerbearer shared = RunningKerbearer.start(practice.folder("shared"), configuration)) {
            assertThat(challengesOf(shared)).containsExactly("Negotiate");
            assertThat(shared.output()).contains("NTLM is enabled but not offered");
        }
        configuration.put("kerbearer.ntlm.pinned-connections", "true");
        try (RunningKerbearer pinned = RunningKerbearer.start(practice.folder("pinned"), configuration)) {
            assertThat(challengesOf(pinned)).containsExactly("Negotiate", "NTLM");
        }
    }

    @Test
    void theStartReportWarnsOfNtlm() {
        assertThat(kerbearer.output())
                .contains("NTLM is on (passwords are checked by: local)")
                .contains("An attacker who records a sign-in can guess its password offline")
                .contains("an attacker between client and service can relay a sign-in");
    }

    private static List<String> challengesOf(RunningKerbearer node) {
        return RawHttp.post(node.port(), Practice.AUTHORIZE).json("{}").send().headers("WWW-Authenticate");
    }

    private static NtlmClient alice() {
        return NtlmClient.of("WORKGROUP", "alice", Practice.PASSWORD);
    }

    private static Answer refusedAnswer(NtlmClient client) throws IOException {
        try (KeptConnection connection = KeptConnection.to(port)) {
            Answer answer = signIn(connection, "NTLM", client, Practice.REQUEST);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers("WWW-Authenticate")).containsExactly("Negotiate", "NTLM");
            return answer;
        }
    }

    private static void assertRefused(Answer answer, String why) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.description()).isEqualTo("Authentication failed: " + why);
    }

    private static Answer signIn(KeptConnection connection, String scheme, NtlmClient client, String json) {
        byte[] answer = client.authenticate(begin(connection, scheme, client));
        return ask(connection, Optional.of(scheme + " " + base64(answer)), json);
    }

    private static byte[] begin(KeptConnection connection, String scheme, NtlmClient client) {
        Answer challenged = ask(connection, Optional.of(scheme + " " + base64(client.negotiate())));
        assertThat(challenged.status()).isEqualTo(401);
        return challengeIn(challenged, scheme);
    }

    private static byte[] challengeIn(Answer answer, String scheme) {
        assertThat(answer.headers("WWW-Authenticate")).hasSize(1);
        String value = answer.headers("WWW-Authenticate").get(0);
        assertThat(value).startsWith(scheme + " ");
        return Base64.getDecoder().decode(value.substring(scheme.length() + 1));
    }

    private static Answer ask(KeptConnection connection, Optional<String> authorization) {
        return ask(connection, authorization, Practice.REQUEST);
    }

    private static Answer ask(KeptConnection connection, Optional<String> authorization, String json) {
        RawHttp request = RawHttp.post(port, Practice.AUTHORIZE);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return connection.ask(request.json(json)).orElseThrow();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String curl(int expectedExit, String... arguments) throws IOException, InterruptedException {
        Path errors = practice.folder("curl").resolve("ntlm-errors.txt");
        ProcessBuilder builder = new ProcessBuilder("curl", "--silent", "--show-error", "--fail-with-body");
        builder.command().addAll(List.of(arguments));
        builder.command()
                .addAll(List.of(
                        "-H",
                        "Content-Type: application/json",
                        "-d",
                        Practice.REQUEST,
                        "http://localhost:" + port + Practice.AUTHORIZE));
        builder.environment().put("KRB5_CONFIG", practice.krb5Conf().toString());
        builder.environment().put("KRB5CCNAME", practice.cacheOf("alice").toString());
        Process curl = builder.redirectError(errors.toFile()).start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(curl.exitValue()).as(answer + Files.readString(errors)).isEqualTo(expectedExit);
        return answer;
    }
}
