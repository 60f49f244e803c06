package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the HTTP edge decides before a call is processed. The node has a heap of 128 MB, and clients send only half of
 * their requests.
 */
class EdgeIT {

    private static final String METADATA = "/.well-known/oauth-authorization-server";

    private static Practice practice;
    private static RunningKerbearer kerbearer;
    private static int port;
    private static String token;

    @BeforeAll
    static void start() {
        practice = Practice.start();
        Map<String, String> configuration = practice.configuration();
        // Fewer threads than one spelling sends requests, so that even a single spelling that holds threads is noticed.
        configuration.put("quarkus.thread-pool.max-threads", "20");
        kerbearer = RunningKerbearer.start(practice.folder("node"), configuration, Map.of("_JAVA_OPTIONS", "-Xmx128m"));
        port = kerbearer.port();
        token = practice.aliceAuthorizes(port).accessToken();
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    /** Sends more requests of each spelling than there are workers. */
    @Test
    void anUnfinishedRequestHoldsNoWorkerWhateverItsPathSpelling() throws Exception {
        List<Socket> halves = new ArrayList<>();
        try {
            for (String path : List.of(
                    "/vedauth/authorize/token",
                    "/%76edauth/authorize/token",
                    "/x/../vedauth/authorize/token",
                    "///vedauth/authorize/token",
                    "/VEDAUTH/./Authorize//Token/",
                    "http://localhost/%76edauth/authorize/token",
                    "/vedauth/authorize/token;x",
                    "/%6fauth2/token",
                    "/x/%2e%2e/oauth2/token",
                    "//oauth2/revoke",
                    "/oauth2/introspect/",
                    METADATA,
                    "/oauth2/jwks",
                    "/nowhere")) {
                for (int i = 0; i < 25; i++) {
                    halves.add(sent(half(path, 1000, 10)));
                }
            }
            assertOthersAreAnswered();
        } finally {
            closeAll(halves);
        }
    }

    @Test
    void thousandsOfUnfinishedBodiesDoNotBlockOtherCalls() throws Exception {
        int all = 3_000;
        int mustHaveGone = 2_500;
        int length = 60_000;
        List<Socket> halves = new ArrayList<>();
        try {
            for (int i = 0; i < all; i++) {
                halves.add(sent(half("/oauth2/token", length, length - 1)));
                if (i % 500 == 499) {
                    assertOthersAreAnswered();
                }
            }
            for (Socket old : halves.subList(0, mustHaveGone)) {
                assertThat(firstLineOf(old)).startsWith("HTTP/1.1 408 ");
            }
            Socket newest = halves.get(all - 1);
            newest.getOutputStream().write('x');
            assertThat(firstLineOf(newest)).startsWith("HTTP/1.1 400 ");
            assertOthersAreAnswered();
        } finally {
            closeAll(halves);
        }
        assertOthersAreAnswered();
        assertThat(kerbearer.output()).doesNotContain("OutOfMemoryError");
    }

    @ParameterizedTest
    @CsvSource({
        "/vedauth/authorize/integrated, POST",
        "/vedauth/authorize/token, POST",
        "/vedauth/authorize/verify, 'GET, HEAD'",
        "/vedauth/revoke/token, GET",
        "/VEDauth/authorize/isauthserver, 'GET, HEAD'",
        "/oauth2/token, POST",
        "/oauth2/introspect, POST",
        "/oauth2/revoke, POST",
        "/oauth2/jwks, 'GET, HEAD'",
        METADATA + ", 'GET, HEAD'"
    })
    void requestsDecidedByTheirHeadGetTheContractsAnswer(String path, String methods) throws Exception {
        Answer refused = RawHttp.get(port, path).request("DELETE", path).send();
        assertRefused(refused, 405, "Method Not Allowed");
        assertThat(refused.headers("Allow")).containsExactly(methods + ", OPTIONS");
        Answer options = RawHttp.get(port, path).request("OPTIONS", path).send();
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.headers("Allow")).containsExactly(methods + ", OPTIONS");
        for (String expectation : List.of("", "Expect: 100-continue\r\n")) {
            try (Socket announced = sent(half(path, 64 * 1024 + 1, 0).replaceFirst("\r\n", "\r\n" + expectation))) {
                Answer tooLong = Answer.of(announced.getInputStream().readAllBytes());
                assertRefused(tooLong, 413, "The request body is longer than 65536 bytes");
            }
        }
    }

    @Test
    void aBodyAnnouncedAsTooLongIsRefusedWithAReasonOnAnyPath() throws Exception {
        for (String path : List.of("/nowhere", "/", "/q/openapi")) {
            try (Socket announced = sent(half(path, 1024 * 1024 + 1, 0))) {
                Answer tooLong = Answer.of(announced.getInputStream().readAllBytes());
                assertRefused(tooLong, 413, "The request body is longer than 65536 bytes");
            }
        }
    }

    /** Scanners send such requests. These are faults of the client, so the log has no ERROR line. */
    @Test
    void aMalformedHeadGetsTheContractsAnswerOnAnyPathAndNoErrorInTheLog() throws Exception {
        String host = "Host: localhost\r\n";
        for (String path : List.of("/", "/nowhere", "/q/openapi", "/vedauth/authorize/verify", "/oauth2/token")) {
            assertRefused(answerTo("GET " + path + " HTTP/1.1\r\n\r\n"), 400);
            for (String version : List.of("HTTP/1.0", "HTTP/1.1")) {
                String line = "GET " + path + " " + version + "\r\n";
                assertRefused(answerTo(line + "Host: a b\r\n\r\n"), 400);
                assertRefused(answerTo(line + host + host + "\r\n"), 400);
                assertRefused(answerTo(line.replaceFirst(" HTTP", "?a=% HTTP") + host + "\r\n"), 400);
                assertRefused(answerTo(line.replaceFirst(" HTTP", "% HTTP") + host + "\r\n"), 400);
                assertRefused(answerTo(line + host + "a b: c\r\n\r\n"), 400);
                assertRefused(answerTo(line + host + "a:\r\n".repeat(200) + "\r\n"), 431);
            }
        }
        assertRefused(answerTo("GET / HTTP/3.0\r\n" + host + "\r\n"), 505);
        for (String path : List.of("/", "/nowhere", "nowhere")) {
            assertRefused(answerTo("GET " + path + " HTTP/1.0\r\n\r\n"), 404);
        }
        assertThat(answerTo("GET /vedauth/authorize/isAuthServer HTTP/1.0\r\n\r\n")
                        .status())
                .isEqualTo(202);
        assertThat(kerbearer.output()).doesNotContain("Error id", "error id", " ERROR ");
    }

    private static Answer answerTo(String request) throws IOException {
        try (Socket socket = sent(request)) {
            socket.shutdownOutput();
            return Answer.of(socket.getInputStream().readAllBytes());
        }
    }

    private static void assertRefused(Answer answer, int status, String why) {
        assertRefused(answer, status);
        assertThat(answer.description()).isEqualTo(why);
    }

    private static void assertRefused(Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo("invalid_request");
        assertThat(answer.description()).isNotBlank().isEqualTo(answer.phrase());
        assertThat(answer.headers("Content-Type")).containsExactly("application/json");
        assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers("Pragma")).containsExactly("no-cache");
        assertThat(answer.headers("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.header("X-Trace-Id").orElseThrow()).isNotBlank();
    }

    private static void assertOthersAreAnswered() {
        assertThat(Practice.verify(port, token).status()).isEqualTo(200);
        assertThat(practice.aliceAuthorizes(port).status()).isEqualTo(200);
    }

    private static String half(String target, int announced, int sent) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: " + announced + "\r\n\r\n" + "x".repeat(sent);
    }

    private static Socket sent(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String firstLineOf(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next >= 0 && next != '\r';
                next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
