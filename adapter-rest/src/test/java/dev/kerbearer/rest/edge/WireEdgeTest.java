package dev.kerbearer.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.edge.face.AllFaces;
import dev.kerbearer.rest.edge.face.Call;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths that pass the edge, and the requests that it refuses because of their head alone. */
class WireEdgeTest {

    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = new EdgeServer(1000, Duration.ofMinutes(1), 1024 * 1024);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/vedauth/authorize/token",
                "/VEDAUTH/AUTHORIZE/TOKEN",
                "/%76edauth/authorize/token",
                "/%56edauth/authorize/token",
                "/vedauth/authorize/t%6Fken",
                "/vedauth/authorize/t%6fken",
                "/vedauth/authorize/token/",
                "//vedauth/authorize/token",
                "///vedauth/authorize/token",
                "/vedauth//authorize///token",
                "/x/../vedauth/authorize/token",
                "/x/%2e%2E/vedauth/authorize/token",
                "/./vedauth/./authorize/token",
                "/../vedauth/authorize/token",
                "/vedauth/authorize/token?x=1",
                "http://localhost/vedauth/authorize/token",
                "http://localhost//%76EDauth/authorize/token/",
                "ftp://elsewhere/vedauth/authorize/token"
            })
    void anotherSpellingOfACallIsTheSameCallAndWaitsForItsBodyAtTheEdge(String target) throws Exception {
        assertIsCall(target, AllFaces.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/oauth2/token", "/%6fauth2/token", "/oauth2//token", "/oauth2/token/", "/x/../oauth2/%74oken"})
    void anotherSpellingOfAnOauthCallIsTheSameCall(String target) throws Exception {
        assertIsCall(target, AllFaces.OAUTH_TOKEN);
    }

    private static void assertIsCall(String target, String path) throws Exception {
        server.routed.clear();
        try (Socket socket = server.send(EdgeServer.half(target, 10, 4))) {
            // The guard holds 4 bytes plus its overhead for the request itself.
            server.awaitHeld(1000);
            assertThat(server.routed).isEmpty();
            EdgeServer.write(socket, "x".repeat(6));
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ").endsWith(path + " 10");
        }
        server.awaitNothingHeld();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/vedauth;x=1/authorize/token",
                "/vedauth/authorize/token;x",
                "/vedauth/authorize/token%3Bx",
                "/vedauth%2Fauthorize/token",
                "/vedauth%2fauthorize%2ftoken",
                "/%2576edauth/authorize/token",
                "/vedauth/authorize/token%00",
                "/vedauth/authorize/token%20",
                "/oauth2/token;x",
                "/x/../nowhere",
                "//nowhere",
                "/OAuth2/%74oken"
            })
    void aPathThatIsNoCallStopsAtTheEdge(String target) throws Exception {
        server.routed.clear();
        try (Socket socket = server.send(EdgeServer.half(target, 10, 4))) {
            String answer = EdgeServer.answerOf(socket);
            assertThat(answer).startsWith("HTTP/1.1 404 Not Found\r\n");
            assertThat(EdgeAnswer.header(answer, "Connection")).isEqualTo("close");
            EdgeAnswer.assertError(answer, "invalid_request");
        }
        assertThat(server.routed).isEmpty();
    }

    /** Every routed path is in its normalised form, so later code sees the same path as the router. */
    @Test
    void everyRoutedPathIsNormalised() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        server.routed.clear();
        try (Socket socket = server.connect()) {
            for (int i = 0; i < 2000; i++) {
                String target = misspelt(random);
                EdgeServer.write(socket, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                String answer = EdgeServer.answerOf(socket);
                if (answer.startsWith("HTTP/1.1 200 ")) {
                    String path =
                            answer.substring(answer.indexOf("\r\n\r\n") + 4).replaceAll(" 0$", "");
                    assertThat(path).as("%s, seed %d", target, seed).doesNotContain("%", ";", "//", "/../");
                    Call meant = AllFaces.FACES.meantBy(path);
                    assertThat(meant == null || meant.path().equals(path))
                            .as("%s was routed as %s, seed %d", target, path, seed)
                            .isTrue();
                } else {
                    assertThat(answer).as("%s, seed %d", target, seed).containsPattern("^HTTP/1.1 (40[045]) ");
                }
            }
        }
    }

    private static String misspelt(Random random) {
        List<String> calls = calls();
        StringBuilder path = new StringBuilder(calls.get(random.nextInt(calls.size())));
        String[] tricks = {"/", "//", "/.", "/..", "/../", "/./", ";", ";a=b", "%2F", "%2e", "%25", "%", "%00", "x", "."
        };
        for (int turn = random.nextInt(4); turn > 0; turn--) {
            int at = 1 + random.nextInt(path.length() - 1);
            switch (random.nextInt(3)) {
                case 0 -> path.insert(at, tricks[random.nextInt(tricks.length)]);
                case 1 -> path.replace(at, at + 1, "%%%02x".formatted((int) path.charAt(at)));
                default -> path.setCharAt(at, Character.toUpperCase(path.charAt(at)));
            }
        }
        return path.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/%76edauth/authorize/token", "/x/../vedauth/authorize/token", "///vedauth/authorize/token"})
    void overHttp2AnotherSpellingIsTheSameCall(String target) throws Exception {
        HttpClient client = http2();
        HttpClientRequest request = begun(client, HttpMethod.POST, target);
        server.routed.clear();
        request.putHeader("Content-Length", "10");
        request.write(Buffer.buffer("xxxx"));
        server.awaitHeld(1000);
        assertThat(server.routed).isEmpty();
        request.end(Buffer.buffer("xxxxxx"));
        var answer = EdgeServer.awaited(request.response());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(server.routed).containsExactly(AllFaces.TOKEN);
    }

    @Test
    void overHttp2APathThatIsNoCallStopsAtTheEdge() throws Exception {
        HttpClientRequest request = begun(http2(), HttpMethod.POST, "/vedauth/authorize/token;x");
        server.routed.clear();
        request.putHeader("Content-Length", "10");
        request.write(Buffer.buffer("xxxx"));
        var answer = EdgeServer.awaited(request.response());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(server.routed).isEmpty();
    }

    private static HttpClient http2() {
        return server.vertx()
                .createHttpClient(new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false));
    }

    private static HttpClientRequest begun(HttpClient client, HttpMethod method, String target) throws Exception {
        return EdgeServer.awaited(client.request(new RequestOptions()
                .setHost("localhost")
                .setPort(server.port())
                .setMethod(method)
                .setURI(target)));
    }

    static List<String> calls() {
        return AllFaces.FACES.calls().stream().map(Call::path).toList();
    }

    static List<String> anyPaths() {
        List<String> paths = new ArrayList<>(calls());
        paths.addAll(List.of("/", "/nowhere", "/x/../nowhere", "/q/openapi", "/vedauth/authorize/token;x"));
        return paths;
    }

    @ParameterizedTest
    @MethodSource("anyPaths")
    void aBodyThatIsAnnouncedAsTooLongIsRefusedWithAReason(String path) throws Exception {
        for (String length : List.of("1048577", "9223372036854775807")) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: ";
            try (Socket socket = server.send(head + length + "\r\n\r\n")) {
                String answer = EdgeServer.answerOf(socket);
                assertThat(EdgeAnswer.header(answer, "Connection")).isEqualTo("close");
                assertThat(answer).startsWith("HTTP/1.1 413 The request body is longer than 65536 bytes\r\n");
                EdgeAnswer.assertError(answer, "invalid_request");
            }
        }
    }

    /** If the announced body is too long, a client that waits for {@code 100 Continue} does not get it. */
    @Test
    void aBodyOverTheLimitOfACallIsRefusedBeforeItIsSent() throws Exception {
        for (String version : List.of("HTTP/1.0", "HTTP/1.1")) {
            for (String expectation : List.of("", "Expect: 100-continue\r\n")) {
                String head = "POST " + AllFaces.TOKEN + " " + version + "\r\nHost: localhost\r\n" + expectation
                        + "Content-Length: ";
                try (Socket socket = server.send(head + "65537\r\n\r\n")) {
                    String answer = EdgeServer.answerOf(socket);
                    assertThat(answer).startsWith(version + " 413 The request body is longer than 65536 bytes\r\n");
                    EdgeAnswer.assertError(answer, "invalid_request");
                }
            }
        }
    }

    /** HTTP/1.0 has no interim answers (RFC 9110 section 10.1.1). */
    @Test
    void onlyAnHttp11ClientIsAskedForItsBody() throws Exception {
        String fields = "\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n";
        try (Socket socket = server.send("POST " + AllFaces.TOKEN + " HTTP/1.1" + fields)) {
            assertThat(EdgeServer.answerOf(socket)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            EdgeServer.write(socket, "xxxx");
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ");
        }
        try (Socket socket = server.send("POST " + AllFaces.TOKEN + " HTTP/1.0" + fields)) {
            server.awaitHeld(1000);
            EdgeServer.write(socket, "xxxx");
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.0 200 ");
        }
    }

    /** The client gets the reason even while it still sends. */
    @Test
    void aClientThatSendsATooLongBodyAtOnceGetsTheReason() throws Exception {
        int length = 2 * 1024 * 1024;
        try (Socket socket = server.send(EdgeServer.half(AllFaces.TOKEN, length, length))) {
            assertThat(EdgeServer.untilClosed(socket))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("\"error\"");
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void anotherMethodIsRefusedWithTheAllowedMethods(String path) throws Exception {
        String allow = AllFaces.FACES.calls().stream()
                .filter(call -> call.path().equals(path))
                .map(Call::allow)
                .findFirst()
                .orElseThrow();
        for (String method :
                List.of("PUT", "DELETE", "PATCH", "TRACE", "FOO", allow.contains("POST") ? "GET" : "POST")) {
            String answer = asked(method, path);
            assertThat(answer).startsWith("HTTP/1.1 405 Method Not Allowed\r\n");
            assertThat(EdgeAnswer.header(answer, "Allow")).isEqualTo(allow);
            EdgeAnswer.assertError(answer, "invalid_request");
        }
        String options = asked("OPTIONS", path);
        assertThat(options).startsWith("HTTP/1.1 200 ");
        assertThat(EdgeAnswer.header(options, "Allow")).isEqualTo(allow);
    }

    private static String asked(String method, String path) throws Exception {
        try (Socket socket = server.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            return EdgeServer.answerOf(socket);
        }
    }
}
