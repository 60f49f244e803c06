package dev.kerbearer.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.edge.face.AllFaces;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that HTTP itself refuses. Each gets the answer of the contract, on every transport. */
class HeadFaultTest {

    private static final String TARGET = AllFaces.IS_AUTH_SERVER;
    private static final String HOST = "Host: localhost\r\n";
    private static final Map<EdgeTransport, EdgeServer> SERVERS = new EnumMap<>(EdgeTransport.class);

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws Exception {
        for (EdgeTransport transport : EdgeTransport.values()) {
            SERVERS.put(transport, transport.server(folder));
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(EdgeServer::close);
    }

    static Stream<Arguments> malformed() {
        List<Arguments> all = new ArrayList<>();
        for (EdgeTransport transport : EdgeTransport.values()) {
            requests().forEach((request, status) -> all.add(Arguments.of(transport, request, status)));
        }
        return all.stream();
    }

    private static Map<String, Integer> requests() {
        Map<String, Integer> requests = new LinkedHashMap<>();
        requests.put(head("GET " + TARGET + " HTTP/1.1", ""), 400);
        for (String host : List.of("a b", "a:b", "[::1", "a/b", "a@b", "localhost:99999", "a\"b", "a%zz")) {
            requests.put(head("GET " + TARGET + " HTTP/1.1", "Host: " + host + "\r\n"), 400);
            requests.put(head("GET " + TARGET + " HTTP/1.0", "Host: " + host + "\r\n"), 400);
        }
        for (String version : List.of("HTTP/1.0", "HTTP/1.1")) {
            requests.put(head("GET " + TARGET + " " + version, HOST + HOST), 400);
            requests.put(head("GET " + TARGET + " " + version, HOST + "Host: other\r\n"), 400);
            for (String query : List.of("%", "a=%", "a=%zz", "%e", "a=1&%g0=2", "a=%-1")) {
                requests.put(head("GET " + TARGET + "?" + query + " " + version, HOST), 400);
            }
            for (String path :
                    List.of("/%", TARGET + "%", TARGET + "%-1", "/nowhere/%zz", "/a|b", "/{a}", "/\u00e4\"")) {
                requests.put(head("GET " + path + " " + version, HOST), 400);
            }
            requests.put(head("GET nowhere " + version, HOST), 404);
            requests.put(head("GET " + TARGET + " " + version, HOST + "a b: c\r\n"), 400);
            requests.put(head("GET " + TARGET + " " + version, HOST + ": c\r\n"), 400);
            requests.put(head("GET " + TARGET + " " + version, HOST + "a\u0001: c\r\n"), 400);
            requests.put(head("GET " + TARGET + " " + version, HOST + "a: \u0001\r\n"), 400);
            requests.put(head("GET " + TARGET + " " + version, HOST + "Content-Length: x\r\n"), 400);
            requests.put(head("GET /" + "x".repeat(5000) + " " + version, HOST), 414);
            requests.put(head("GET " + TARGET + " " + version, HOST + "a: " + "x".repeat(90_000) + "\r\n"), 431);
            requests.put(head("GET " + TARGET + " " + version, HOST + "a:\r\n".repeat(200)), 431);
        }
        requests.put(head("GET " + TARGET + " HTTP/1.1", HOST + "Content-Length: 1\r\nContent-Length: 2\r\n"), 400);
        requests.put(head("GET", HOST), 400);
        requests.put(head("GET " + TARGET, HOST), 400);
        requests.put(head("GET " + TARGET + " HTTP/9.1", HOST), 505);
        requests.put(head("GET " + TARGET + " HTTP/2.0", HOST), 505);
        for (String protocol : List.of("FTP/1.1", "FTP/1.2", "FTP/2.0", "http/1.1", "Http/1.0")) {
            requests.put(head("GET " + TARGET + " " + protocol, HOST), 400);
        }
        return requests;
    }

    private static String head(String line, String fields) {
        return line + "\r\n" + fields + "\r\n";
    }

    private static Socket connect(EdgeTransport transport) throws Exception {
        return transport.connect(Objects.requireNonNull(SERVERS.get(transport)));
    }

    @ParameterizedTest(name = "[{index}] {0} {2}")
    @MethodSource("malformed")
    void aMalformedHeadGetsTheContractsAnswer(EdgeTransport transport, String request, int status) throws Exception {
        try (Socket socket = connect(transport)) {
            EdgeServer.write(socket, request);
            assertRefused(EdgeServer.answerOf(socket), status, request);
        }
    }

    /** The answers come in the order of the requests. */
    @ParameterizedTest
    @EnumSource
    void theAnswerComesAfterThoseOfEarlierRequests(EdgeTransport transport) throws Exception {
        try (Socket socket = connect(transport)) {
            EdgeServer.write(socket, EdgeServer.whole() + EdgeServer.whole() + head("GET", HOST) + EdgeServer.whole());
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ");
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ");
            assertRefused(EdgeServer.answerOf(socket), 400, "GET");
            assertThat(EdgeServer.untilClosed(socket)).isEmpty();
        }
    }

    /** RFC 9112 section 9.6: the answer says that the connection ends with it. */
    @ParameterizedTest
    @EnumSource
    void aRequestBehindAnEarlyAnswerIsNotProcessed(EdgeTransport transport) throws Exception {
        try (Socket socket = connect(transport)) {
            EdgeServer.write(
                    socket,
                    head("DELETE " + TARGET + " HTTP/1.1", HOST + "Content-Length: 1\r\n") + "x" + EdgeServer.whole());
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 405 ");
            assertThat(EdgeServer.untilClosed(socket)).isEmpty();
        }
    }

    /** The client sends more than fits into the buffers between it and the server. */
    @ParameterizedTest
    @EnumSource
    void theAnswerReachesAClientThatSendsForLong(EdgeTransport transport) throws Exception {
        String fields = HOST + ("a: " + "x".repeat(60) + "\r\n").repeat(1_000);
        try (Socket socket = connect(transport)) {
            EdgeServer.write(socket, head("GET " + TARGET + " HTTP/1.1", fields));
            for (int i = 0; i < 40; i++) {
                EdgeServer.write(socket, fields);
                Thread.sleep(5);
            }
            assertRefused(EdgeServer.answerOf(socket), 431, "HTTP/1.1");
        }
    }

    /** A client gets the answer even if it sends more than the server reads. */
    @ParameterizedTest
    @EnumSource
    void theAnswerReachesAClientThatStillSends(EdgeTransport transport) throws Exception {
        String fields = HOST + ("a: " + "x".repeat(60) + "\r\n").repeat(1_000);
        for (String version : List.of("HTTP/1.0", "HTTP/1.1")) {
            try (Socket socket = connect(transport)) {
                EdgeServer.write(socket, head("GET " + TARGET + " " + version, fields));
                EdgeServer.write(socket, fields);
                assertRefused(EdgeServer.answerOf(socket), 431, version);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatIsWellFormedIsRouted(EdgeTransport transport) throws Exception {
        for (String request : List.of(
                head("GET " + TARGET + " HTTP/1.0", ""),
                head("GET " + TARGET + " HTTP/1.0", HOST),
                head("GET " + TARGET + " HTTP/1.2", HOST),
                head("GET " + TARGET + "?a=%20&%41 HTTP/1.1", HOST),
                head("GET " + TARGET + " HTTP/1.1", "Host: [::1]:8080\r\n"),
                head("GET " + TARGET + " HTTP/1.1", "Host: under_score.example\r\n"),
                head("GET http://other" + TARGET + " HTTP/1.1", HOST))) {
            try (Socket socket = connect(transport)) {
                EdgeServer.write(socket, request);
                assertThat(EdgeServer.answerOf(socket)).as(request).contains(" 200 OK\r\n");
            }
        }
    }

    private static void assertRefused(String answer, int status, String request) {
        assertThat(answer).as(request).startsWith("HTTP/1.").containsPattern("^HTTP/1.[01] " + status + " \\S");
        EdgeAnswer.assertError(answer, "invalid_request");
    }
}
