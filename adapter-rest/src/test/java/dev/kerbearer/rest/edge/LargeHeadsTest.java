package dev.kerbearer.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.edge.face.AllFaces;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with a large head, such as the ticket of a user in many groups. */
@SuppressWarnings("try") // the test only keeps the connection open
class LargeHeadsTest {

    private static final Duration AGES = Duration.ofMinutes(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(11);
    private static final long PLENTY = 64 * 1024 * 1024;
    private static final int EACH = 70_000;
    private static final int MANY = 200;

    /** The bytes that a connection may hold besides the characters of a head. */
    private static final int OF_A_CONNECTION = 32 * 1024;

    /** A large head counts at least this many bytes; its other lines and headers add a little. */
    private static final long COUNTED = EACH;

    @Test
    void anIdleConnectionHoldsNothingOfALargeHead() throws Exception {
        try (EdgeServer server = new EdgeServer(2 * MANY, AGES, PLENTY)) {
            long before = LiveHeap.bytes();
            List<Socket> idle = new ArrayList<>();
            try {
                for (int i = 0; i < MANY; i++) {
                    Socket one = server.send(large());
                    idle.add(one);
                    assertThat(EdgeServer.answerOf(one)).startsWith("HTTP/1.1 200 ");
                }
                assertThat(LiveHeap.bytes() - before).isLessThan(MANY * OF_A_CONNECTION);
            } finally {
                EdgeServer.closeAll(idle);
            }
        }
    }

    @Test
    void aRequestThatWaitsHoldsItsLargeHeadOnce() throws Exception {
        try (EdgeServer server = new EdgeServer(2 * MANY, AGES, PLENTY, 1)) {
            server.withhold();
            List<Socket> waiting = new ArrayList<>();
            try (Socket inWork = server.send(EdgeServer.whole())) {
                server.awaitRouted(1);
                long before = LiveHeap.bytes();
                for (int i = 0; i < MANY / 2; i++) {
                    waiting.add(server.send(large()));
                }
                server.awaitHeld(MANY / 2 * COUNTED);
                assertThat(LiveHeap.bytes() - before).isLessThan(MANY / 2 * (EACH + OF_A_CONNECTION));
            } finally {
                EdgeServer.closeAll(waiting);
            }
            server.awaitNothingHeld();
        }
    }

    /** The network may split the requests anywhere. */
    @ParameterizedTest
    @ValueSource(ints = {300_000, 70_001, 4_096, 999})
    void requestsAroundALargeHeadAreAnsweredInOrder(int piece) throws Exception {
        String text = EdgeServer.whole()
                + large()
                + EdgeServer.half(AllFaces.TOKEN, 5, 5).replaceFirst("\r\n", "\r\n" + longHeader())
                + "POST " + AllFaces.OAUTH_TOKEN + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4\r\nxxxx\r\n3\r\nxxx\r\n0\r\n" + longHeader() + "\r\n"
                + large()
                + EdgeServer.whole();
        Random random = new Random(piece);
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = server.connect()) {
            socket.setTcpNoDelay(true);
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(piece));
                EdgeServer.write(socket, text.substring(at, end));
                at = end;
            }
            for (String expected : List.of(
                    AllFaces.IS_AUTH_SERVER + " 0",
                    AllFaces.IS_AUTH_SERVER + " 0",
                    AllFaces.TOKEN + " 5",
                    AllFaces.OAUTH_TOKEN + " 7",
                    AllFaces.IS_AUTH_SERVER + " 0",
                    AllFaces.IS_AUTH_SERVER + " 0")) {
                assertThat(EdgeServer.answerOf(socket))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith(expected)
                        .doesNotContainIgnoringCase("Connection: close");
            }
            server.awaitNothingHeld();
        }
    }

    @Test
    void theLimitOfAHeadIsTheSameAfterALargeHead() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = server.send(large())) {
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ");
            EdgeServer.write(socket, large());
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ");
            EdgeServer.write(
                    socket,
                    EdgeServer.whole().replaceFirst("\r\n", "\r\nX: " + "x".repeat(EdgeServer.LARGEST_HEAD) + "\r\n"));
            assertThat(EdgeServer.untilClosed(socket)).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void nothingIsReadAfterAMalformedBodyOfALargeHead() throws Exception {
        String malformed = "POST " + AllFaces.TOKEN + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                + longHeader() + "\r\n4\r\nxxxx\r\nmalformed\r\n";
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = server.send(EdgeServer.whole())) {
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ");
            EdgeServer.write(socket, malformed + EdgeServer.whole());
            assertThat(EdgeServer.untilClosed(socket)).doesNotContain("HTTP/1.1 200 ");
            assertThat(server.routed).hasSize(1);
        }
    }

    @Test
    void waitingLargeHeadsCountAndAreRefusedBeyondTheirShare() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, 4 * COUNTED, 1)) {
            server.withhold();
            try (Socket inWork = server.send(EdgeServer.whole())) {
                server.awaitRouted(1);
                try (Socket one = server.send(large());
                        Socket two = waitingBehind(server, 1)) {
                    server.awaitHeld(2 * COUNTED);
                    for (int i = 0; i < 3; i++) {
                        try (Socket refused = server.send(large())) {
                            assertThat(EdgeServer.answerOf(refused))
                                    .startsWith("HTTP/1.1 503 ")
                                    .containsIgnoringCase("Retry-After: ");
                        }
                    }
                    try (Socket small = server.send(EdgeServer.whole())) {
                        server.answerAll();
                        assertThat(EdgeServer.answerOf(small)).startsWith("HTTP/1.1 200 ");
                    }
                    assertThat(EdgeServer.answerOf(one)).startsWith("HTTP/1.1 200 ");
                    assertThat(EdgeServer.answerOf(two)).startsWith("HTTP/1.1 200 ");
                    server.awaitNothingHeld();
                }
            }
        }
    }

    @Test
    void aWaitingClientThatResetsItsConnectionNoLongerCounts() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY, 1)) {
            server.withhold();
            try (Socket inWork = server.send(EdgeServer.whole())) {
                server.awaitRouted(1);
                Socket waits = server.send(large());
                server.awaitHeld(COUNTED);
                waits.setSoLinger(true, 0);
                waits.close();
                server.awaitNothingHeld();
            }
        }
    }

    @Test
    void aCallThatWaitsTooLongNoLongerCounts() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY, 1)) {
            server.withhold();
            try (Socket inWork = server.send(EdgeServer.whole())) {
                server.awaitRouted(1);
                try (Socket waits = server.send(large())) {
                    server.awaitHeld(COUNTED);
                    server.passes(LONGEST_WAIT);
                    assertThat(EdgeServer.answerOf(waits)).startsWith("HTTP/1.1 503 ");
                    server.awaitNothingHeld();
                }
            }
        }
    }

    @Test
    void aClientThatDoesNotReadItsAnswerNoLongerCounts() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY, 1)) {
            server.withhold();
            try (Socket inWork = server.send(EdgeServer.whole())) {
                server.awaitRouted(1);
                try (Socket deaf = server.send(large())) {
                    server.awaitHeld(COUNTED);
                    server.answerAll();
                    server.awaitNothingHeld();
                }
            }
        }
    }

    @Test
    void aStreamThatIsResetWhileItWaitsNoLongerCounts() throws Exception {
        int headerLength = 7_000;
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY, 1)) {
            server.withhold();
            HttpClient client = server.vertx()
                    .createHttpClient(new HttpClientOptions()
                            .setDefaultHost("localhost")
                            .setDefaultPort(server.port())
                            .setProtocolVersion(HttpVersion.HTTP_2)
                            .setHttp2ClearTextUpgrade(false));
            try (Socket inWork = server.send(EdgeServer.whole())) {
                server.awaitRouted(1);
                HttpClientRequest waits = EdgeServer.awaited(client.request(HttpMethod.GET, AllFaces.VERIFY));
                waits.putHeader("x", "x".repeat(headerLength)).send();
                server.awaitHeld(headerLength);
                waits.reset();
                server.awaitNothingHeld();
            }
        }
    }

    private static Socket waitingBehind(EdgeServer server, int others) throws Exception {
        server.awaitHeld(others * COUNTED);
        return server.send(large());
    }

    private static String large() {
        return EdgeServer.whole().replaceFirst("\r\n", "\r\n" + longHeader());
    }

    private static String longHeader() {
        return "X: " + "x".repeat(EACH) + "\r\n";
    }
}
