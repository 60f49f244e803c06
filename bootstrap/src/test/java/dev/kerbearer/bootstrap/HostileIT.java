package dev.kerbearer.bootstrap;

import static dev.kerbearer.bootstrap.Practice.AUTHORIZE;
import static dev.kerbearer.bootstrap.Practice.negotiate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Invalid sign-ins, against the packaged application. */
class HostileIT {

    private static Practice practice;
    private static RunningKerbearer kerbearer;
    private static int port;

    @BeforeAll
    static void start() {
        practice = Practice.start();
        kerbearer = RunningKerbearer.start(practice.folder("node"), practice.configuration());
        port = kerbearer.port();
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    @Test
    void unchangedForgedTicketsAreAccepted() {
        assertThat(authorize(practice.forged().inSpnego()).status()).isEqualTo(200);
        assertThat(authorize(practice.forged().raw()).status()).isEqualTo(200);
    }

    static Stream<Arguments> defective() {
        return Stream.of(
                Arguments.of("made with another key", ForgedTicket.with(ForgedTicket.key(7)), "does not hold"),
                Arguments.of(
                        "expired", practice.forged().valid(Duration.ofHours(-2), Duration.ofMinutes(-6)), "expired"),
                Arguments.of(
                        "of the future",
                        practice.forged().valid(Duration.ofMinutes(6), Duration.ofHours(1)),
                        "not valid yet"),
                Arguments.of("of a fast clock", practice.forged().clientClock(Duration.ofMinutes(6)), "clock skew"),
                Arguments.of("of a slow clock", practice.forged().clientClock(Duration.ofMinutes(-6)), "clock skew"),
                Arguments.of("for another service", practice.forged().service("HTTP/elsewhere"), "another service"),
                Arguments.of(
                        "answered to another service", practice.forged().target("cifs/localhost"), "another service"),
                Arguments.of("with a PAC that is none", practice.forged().pac(new byte[8]), "PAC is not good"),
                Arguments.of(
                        "of an unknown name",
                        practice.forged().client(List.of("al\u0007ice"), Practice.REALM),
                        "no valid Kerberos ticket"));
    }

    @ParameterizedTest(name = "a ticket {0} is refused, and why is said")
    @MethodSource("defective")
    void aDefectiveTicketIsRefusedWithTheReason(String how, ForgedTicket ticket, String why) {
        for (byte[] token : List.of(ticket.raw(), ticket.inSpnego())) {
            assertThat(assertChallenged(authorize(token)).description()).as(how).contains(why);
        }
    }

    @Test
    void aRealTicketForAnotherServiceIsRefusedEvenIfItsKeyIsInTheKeytab() {
        byte[] token = practice.user("alice").token("host/localhost");
        assertThat(assertChallenged(authorize(token)).description()).contains("another service");
    }

    /** Principals differ by their components, not by their text (RFC 4120 section 6.2). */
    @Test
    void aNameThatOnlyLooksLikeAlicesIsRefused() {
        for (ForgedTicket ticket : List.of(
                practice.forged().client("alice", "X@" + Practice.REALM),
                practice.forged().client(List.of("alice@" + Practice.REALM), Practice.REALM),
                practice.forged().client(List.of("alice\\"), Practice.REALM))) {
            assertThat(assertChallenged(authorize(ticket.raw())).description())
                    .isEqualTo("Unhandled identity claim type");
        }
        assertThat(authorize(practice.forged()
                                .client(List.of("alice"), Practice.REALM)
                                .target("HTTP/localhost@" + Practice.REALM)
                                .raw())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anApReqIsAcceptedOnce() {
        byte[] token = practice.user("alice").token("HTTP/localhost");
        assertThat(authorize(token).status()).isEqualTo(200);
        assertReplayed(authorize(token));
    }

    @Test
    void aRawCopyOfAWrappedApReqIsAReplay() {
        byte[] raw = practice.user("alice").rawToken("HTTP/localhost");
        assertThat(authorize(ForgedTicket.inSpnego(raw)).status()).isEqualTo(200);
        assertReplayed(authorize(raw));
    }

    @Test
    void aRefusalUsesUpTheApReq() {
        List<byte[]> refused = List.of(
                practice.user("alice").token("HTTP/localhost"),
                practice.user("bob").token("HTTP/localhost"),
                practice.user("carol").token("HTTP/localhost"),
                practice.user("dora").token("HTTP/localhost"));
        assertThat(Practice.authorize(port, refused.get(0), "{").status()).isEqualTo(400);
        assertThat(authorize(refused.get(1)).status()).isEqualTo(400);
        assertThat(authorize(refused.get(2)).status()).isEqualTo(401);
        assertThat(authorize(refused.get(3)).status()).isEqualTo(401);
        refused.forEach(token -> assertReplayed(authorize(token)));
    }

    @Test
    void onlyOneOfManySimultaneousUsesIsAccepted() throws Exception {
        byte[] token = practice.user("alice").token("HTTP/localhost");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(() -> authorize(token));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                statuses.add(answer.get().status());
            }
            assertThat(statuses)
                    .containsOnlyOnce(200)
                    .filteredOn(status -> status == 401)
                    .hasSize(15);
        } finally {
            threads.shutdown();
        }
    }

    /**
     * If the service is trusted for unconstrained delegation, clients hand over a ticket-granting ticket, which gives
     * access to every service.
     */
    @Test
    void aDelegatedTicketGrantingTicketIsNotKept() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        SeenSecrets.bytes(key);
        assertThat(authorize(practice.forged().delegating(key).inSpnego()).status())
                .isEqualTo(200);
        LiveObjects live = LiveObjects.of(kerbearer.process());
        for (String holder : List.of(
                "sun.security.krb5.Credentials",
                "sun.security.jgss.krb5.Krb5InitCredential",
                "javax.security.auth.kerberos.KerberosTicket")) {
            assertThat(live.of(holder)).as(holder).isZero();
        }
    }

    static Stream<String> malformed() {
        byte[] good = practice.forged().inSpnego();
        byte[] flipped = practice.forged().raw();
        flipped[flipped.length - 20] ^= 1;
        return Stream.of(
                "",
                " ",
                "!!!!",
                "YIIB",
                "a",
                Base64.getEncoder().encodeToString("hello world".getBytes(StandardCharsets.US_ASCII)),
                Base64.getEncoder().encodeToString("NTLMSSP\0\1\0\0\0".getBytes(StandardCharsets.US_ASCII)),
                Base64.getEncoder()
                        .encodeToString(ForgedTicket.inSpnego("NTLMSSP\0\1".getBytes(StandardCharsets.US_ASCII))),
                Base64.getEncoder().encodeToString(Arrays.copyOf(good, good.length / 2)),
                Base64.getEncoder().encodeToString(Arrays.copyOf(good, good.length - 1)),
                Base64.getEncoder().encodeToString(Arrays.copyOf(good, good.length + 1)),
                Base64.getEncoder().encodeToString(practice.forged().apReq()),
                Base64.getEncoder().encodeToString(flipped),
                "A".repeat(64 * 1024),
                "A".repeat(64 * 1024 + 4));
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource("malformed")
    void aMalformedTokenGetsAFreshChallenge(String token) {
        Answer answer = RawHttp.post(port, AUTHORIZE)
                .header("Authorization", ("Negotiate " + token).stripTrailing())
                .json(Practice.REQUEST)
                .send();
        assertThat(assertChallenged(answer).body()).doesNotContain("Exception", "\tat ");
    }

    /** The most common set-up error is explained in the log, where the operator looks, and not to the caller. */
    @Test
    void theLogSaysWhatToCheckForABrowserWithoutATicket() {
        byte[] ntlm = "NTLMSSP\0\1\0\0\0".getBytes(StandardCharsets.US_ASCII);
        Answer answer = assertChallenged(authorize(ForgedTicket.inSpnego(ntlm)));
        assertThat(answer.body()).doesNotContain("intranet", "setspn");
        assertThat(kerbearer.output())
                .contains("sent NTLM because it had no ticket for this service: check the service principal")
                .contains("intranet zone");
    }

    @Test
    void aTokenOf64KiBIsReadAndOneByteMoreIsTooLong() {
        assertThat(authorizeWith("A".repeat(64 * 1024)).description()).doesNotContain("too long");
        assertThat(authorizeWith("A".repeat(64 * 1024 + 4)).description()).contains("too long");
    }

    @Test
    void aHeaderBlockOver80KiBIsRefused() {
        assertThat(authorizeWith("A".repeat(81 * 1024)).status()).isEqualTo(431);
    }

    @Test
    void aSignInIsValidForItsRequestOnly() throws Exception {
        byte[] token = practice.user("alice").token("HTTP/localhost");
        String head = "POST " + AUTHORIZE + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + Practice.REQUEST.length() + "\r\n";
        String both = head + "Authorization: " + negotiate(token) + "\r\n\r\n" + Practice.REQUEST + head
                + "Connection: close\r\n\r\n" + Practice.REQUEST;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(both.getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            List<String> statusLines = answers.lines()
                    .filter(line -> line.contains("HTTP/1.1 "))
                    .map(line -> line.replaceFirst(".*HTTP/1.1 ", ""))
                    .toList();
            assertThat(statusLines).hasSize(2);
            assertThat(statusLines.get(0)).startsWith("200");
            assertThat(statusLines.get(1)).startsWith("401");
        }
    }

    @Test
    void noSentOrReturnedTokenIsInTheLog() {
        byte[] token = practice.user("alice").token("HTTP/localhost");
        Answer answer = authorize(token);
        authorize(token);
        authorizeWith("QUJD".repeat(30));
        Practice.verify(port, answer.accessToken());
        Practice.revoke(port, answer.accessToken());
        assertThat(kerbearer.output())
                .doesNotContain(answer.accessToken())
                .doesNotContain(answer.json().get("refresh_token").textValue())
                .doesNotContain(Base64.getEncoder().encodeToString(token))
                .doesNotContain("QUJD".repeat(30));
    }

    private static Answer authorize(byte[] token) {
        return Practice.authorize(port, token, Practice.REQUEST);
    }

    private static Answer authorizeWith(String base64) {
        return RawHttp.post(port, AUTHORIZE)
                .header("Authorization", "Negotiate " + base64)
                .json(Practice.REQUEST)
                .send();
    }

    private static void assertReplayed(Answer answer) {
        assertThat(assertChallenged(answer).description()).contains("replayed");
    }

    private static Answer assertChallenged(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo("access_denied");
        assertThat(answer.headers("WWW-Authenticate")).containsExactly("Negotiate");
        assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
        return answer;
    }
}
