package dev.kerbearer.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.edge.face.AllFaces;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpClientConnection;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that have started to arrive and are incomplete. */
@SuppressWarnings("try") // the test only keeps the connection open
class WatchedConnectionTest {

    private static final Duration AGES = Duration.ofMinutes(5);
    private static final Duration LONGER = AGES.plusSeconds(1);
    private static final long PLENTY = 64 * 1024 * 1024;
    private static final String HEAD = "POST " + AllFaces.TOKEN + " HTTP/1.1\r\nHost: localhost\r\n";

    @Test
    void aSlowHeadIsClosed() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket first = server.send("GET /vedauth/author");
                Socket kept = server.connect()) {
            server.awaitHeld(19);
            server.passes(LONGER);
            EdgeServer.drip(first, 'x');
            EdgeServer.write(kept, EdgeServer.whole());
            assertThat(EdgeServer.answerOf(kept)).startsWith("HTTP/1.1 200 ");
            EdgeServer.write(kept, EdgeServer.whole() + "GET /x HTTP/1.1\r\nX: ");
            assertThat(EdgeServer.answerOf(kept)).startsWith("HTTP/1.1 200 ");
            EdgeServer.write(kept, "x");
            server.awaitHeld(1);
            server.passes(LONGER);
            EdgeServer.drip(kept, 'x');
        }
    }

    @Test
    void aSlowBodyIsAnsweredAsIncomplete() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY)) {
            for (String head : List.of(
                    HEAD + "Content-Length: 60000\r\n\r\n",
                    HEAD + "Transfer-Encoding: chunked\r\n\r\n4\r\nxxxx\r\nffff\r\n",
                    HEAD + "Expect: 100-continue\r\nContent-Length: 60000\r\n\r\n")) {
                try (Socket socket = server.send(head)) {
                    server.awaitHeld(8 * 1024);
                    server.passes(LONGER);
                    EdgeServer.drip(socket, 'x');
                    assertIncomplete(EdgeServer.untilClosed(socket));
                }
            }
            server.awaitConnections(0);
            assertThat(server.connections.unfinished().held()).isZero();
            assertThat(server.routed).isEmpty();
        }
    }

    @Test
    void aSlowHeadAndASlowBodyShareTheTimeOfOneRequest() throws Exception {
        String request = EdgeServer.half(AllFaces.TOKEN, 10, 4);
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = server.send(request.substring(0, 20))) {
            server.awaitHeld(20);
            server.passes(AGES.multipliedBy(2).dividedBy(3));
            EdgeServer.write(socket, request.substring(20));
            server.awaitHeld(8 * 1024);
            server.passes(AGES.multipliedBy(2).dividedBy(3));
            assertIncomplete(EdgeServer.untilClosed(socket));
        }
    }

    /** A head is kept until its body is complete: its characters, plus some bytes for each header. */
    @Test
    void aHeadCountsWithTheMemoryItHolds() throws Exception {
        String request = EdgeServer.half(AllFaces.TOKEN, 10, 4);
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket large = server.send(request.replaceFirst("\r\n", "\r\nX: " + "x".repeat(7_000) + "\r\n"))) {
            server.awaitHeld(8 * 1024 + 7_000);
            try (Socket many = server.send(request.replaceFirst("\r\n", "\r\n" + "X:\r\n".repeat(190)))) {
                server.awaitHeld(2 * 8 * 1024 + 7_000 + 90_000);
            }
        }
    }

    @Test
    void aStalledBodyIsAnsweredAsIncomplete() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = server.send(EdgeServer.half("/%76edauth/authorize/token", 10, 4))) {
            server.awaitHeld(8 * 1024);
            server.passes(LONGER);
            assertIncomplete(EdgeServer.untilClosed(socket));
        }
    }

    /** A body that is too long is answered before its end. The rest belongs to no request. */
    @Test
    void anEndlessBodyIsAnsweredAndClosed() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = server.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n")) {
            String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
            for (int i = 0; i < 20; i++) {
                EdgeServer.write(socket, chunk);
            }
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ").endsWith(" 65537");
            EdgeServer.write(socket, "1");
            server.awaitHeld(1);
            server.passes(LONGER);
            EdgeServer.drip(socket, '1');
        }
    }

    /** Vert.x would answer 400, keep the connection and never free the body. */
    @Test
    void anUpgradeToHttp2IsIgnored() throws Exception {
        String upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n";
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY)) {
            for (String settings :
                    List.of("", "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n", "HTTP2-Settings: x\r\n")) {
                String whole =
                        EdgeServer.half(AllFaces.TOKEN, 9000, 9000).replaceFirst("\r\n", "\r\n" + upgrade + settings);
                try (Socket socket = server.send(whole.substring(0, 20))) {
                    EdgeServer.write(socket, whole.substring(20));
                    assertThat(EdgeServer.answerOf(socket))
                            .startsWith("HTTP/1.1 200 ")
                            .endsWith(" 9000");
                }
                try (Socket socket = server.send(whole)) {
                    assertThat(EdgeServer.answerOf(socket))
                            .startsWith("HTTP/1.1 200 ")
                            .endsWith(" 9000");
                }
            }
        }
    }

    @Test
    void overHttp2AStalledBodyIsAnsweredAndOtherStreamsContinue() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY)) {
            HttpClient client = server.vertx()
                    .createHttpClient(new HttpClientOptions()
                            .setDefaultHost("localhost")
                            .setDefaultPort(server.port())
                            .setProtocolVersion(HttpVersion.HTTP_2)
                            .setHttp2ClearTextUpgrade(false));
            HttpClientRequest half = EdgeServer.awaited(client.request(HttpMethod.POST, AllFaces.TOKEN));
            half.putHeader("Content-Length", "10");
            half.write(Buffer.buffer("xxxx"));
            server.awaitHeld(8 * 1024);
            server.passes(LONGER);
            String refused = EdgeServer.awaited(half.response()
                    .compose(answer -> answer.body().map(body -> answer.statusCode() + " " + body)));
            assertThat(refused).startsWith("408 {\"error\":\"invalid_request\"");
            HttpClientRequest whole = EdgeServer.awaited(client.request(HttpMethod.GET, AllFaces.VERIFY));
            assertThat(EdgeServer.awaited(whole.send()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theOldestBodiesAreDroppedIfAllBodiesHoldTooMuch() throws Exception {
        int each = 60_000;
        try (EdgeServer server = new EdgeServer(100, AGES, 5L * each)) {
            List<Socket> halves = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                halves.add(server.send(EdgeServer.half(AllFaces.TOKEN, each, each - 1)));
                if (i < 4) {
                    server.awaitHeld((i + 1L) * each);
                }
            }
            assertIncomplete(EdgeServer.untilClosed(halves.get(0)));
            Socket newest = halves.get(19);
            EdgeServer.write(newest, "x");
            assertThat(EdgeServer.answerOf(newest)).startsWith("HTTP/1.1 200 ").endsWith(" 60000");
            int answered = 0;
            for (Socket half : halves.subList(1, 14)) {
                assertIncomplete(EdgeServer.untilClosed(half));
                answered++;
            }
            assertThat(answered).isEqualTo(13);
            assertThat(server.connections.unfinished().held()).isLessThanOrEqualTo(5L * each);
            for (Socket half : halves) {
                half.close();
            }
            server.awaitConnections(0);
            assertThat(server.connections.unfinished().held()).isZero();
        }
    }

    @Test
    void headsCountLikeBodies() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, 20_000)) {
            Socket first = server.send("GET / HTTP/1.1\r\nA: " + "x".repeat(6000));
            server.awaitHeld(6000);
            List<Socket> others = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                others.add(server.send("GET / HTTP/1.1\r\nA: " + "x".repeat(6000)));
            }
            assertThat(EdgeServer.untilClosed(first)).isEmpty();
            for (Socket other : others) {
                other.close();
            }
            server.awaitConnections(0);
            assertThat(server.connections.unfinished().held()).isZero();
        }
    }

    @Test
    void atTheConnectionLimitTheOldestUnfinishedConnectionIsClosed() throws Exception {
        try (EdgeServer server = new EdgeServer(4, AGES, PLENTY);
                Socket kept = server.send(EdgeServer.whole())) {
            assertThat(EdgeServer.answerOf(kept)).startsWith("HTTP/1.1 200 ");
            Socket silent = server.connect();
            server.awaitConnections(2);
            Socket head = server.send("GET ");
            server.awaitConnections(3);
            Socket body = server.send(EdgeServer.half(AllFaces.TOKEN, 10, 4));
            server.awaitHeld(1000);
            try (Socket next = server.send(EdgeServer.whole())) {
                assertThat(EdgeServer.answerOf(next)).startsWith("HTTP/1.1 200 ");
                assertThat(EdgeServer.untilClosed(silent)).isEmpty();
                try (Socket another = server.send(EdgeServer.whole())) {
                    assertThat(EdgeServer.answerOf(another)).startsWith("HTTP/1.1 200 ");
                    assertThat(EdgeServer.untilClosed(head)).isEmpty();
                    try (Socket third = server.send(EdgeServer.whole())) {
                        assertThat(EdgeServer.answerOf(third)).startsWith("HTTP/1.1 200 ");
                        assertIncomplete(EdgeServer.untilClosed(body));
                        EdgeServer.write(kept, EdgeServer.whole());
                        assertThat(EdgeServer.answerOf(kept)).startsWith("HTTP/1.1 200 ");
                    }
                }
            }
        }
    }

    /** The interim answer to {@code Expect} is not the answer to the call. */
    @Test
    void aCallInProgressIsNotIdleAfterAnInterimAnswer() throws Exception {
        try (EdgeServer server = new EdgeServer(1, AGES, PLENTY)) {
            server.withhold();
            try (Socket inWork = server.send(HEAD + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n")) {
                assertThat(EdgeServer.answerOf(inWork)).startsWith("HTTP/1.1 100 ");
                EdgeServer.write(inWork, "xxxx");
                server.awaitRouted(1);
                server.passes(Duration.ofSeconds(10));
                try (Socket next = server.connect()) {
                    assertThat(EdgeServer.untilClosed(next)).isEmpty();
                }
                server.answerAll();
                assertThat(EdgeServer.answerOf(inWork)).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    /** Otherwise answered requests would use up the space for new ones. */
    @Test
    void aRequestThatMakesRoomIsAnsweredAndClosed() throws Exception {
        try (EdgeServer server = new EdgeServer(4, AGES, PLENTY)) {
            List<Socket> halves = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                halves.add(server.send(EdgeServer.half(AllFaces.TOKEN, 10, 4)));
                if (i >= 4) {
                    assertIncomplete(EdgeServer.answerOf(halves.get(i - 4)));
                }
                // The server must also see the next request as younger, whatever its threads do first.
                server.awaitConnections(Math.min(i + 1, 4));
                server.awaitHeld(Math.min(i + 1L, 4) * 8 * 1024);
            }
            assertThat(server.open.get()).isLessThan(20);
            for (Socket half : halves) {
                half.close();
            }
        }
    }

    @Test
    void anAnsweredRequestWithADiscardedBodyMakesRoomFirst() throws Exception {
        try (EdgeServer server = new EdgeServer(2, AGES, PLENTY)) {
            server.withhold();
            try (Socket inWork = server.send(EdgeServer.whole());
                    Socket discarded = server.send(EdgeServer.half("/x/../nowhere", 10, 4))) {
                server.awaitRouted(1);
                assertThat(EdgeServer.answerOf(discarded)).startsWith("HTTP/1.1 404 ");
                server.answerAll();
                try (Socket next = server.send(EdgeServer.whole())) {
                    assertThat(EdgeServer.answerOf(next)).startsWith("HTTP/1.1 200 ");
                }
                assertThat(EdgeServer.answerOf(inWork)).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void anHttp2ConnectionThatMakesRoomIsClosed() throws Exception {
        try (EdgeServer server = new EdgeServer(1, AGES, PLENTY)) {
            HttpClientRequest half = http2(server, HttpMethod.POST, AllFaces.TOKEN);
            CompletableFuture<Void> closed = new CompletableFuture<>();
            half.connection().closeHandler(closed::complete);
            half.putHeader("Content-Length", "10");
            half.write(Buffer.buffer("xxxx"));
            server.awaitHeld(8 * 1024);
            try (Socket next = server.send(EdgeServer.whole())) {
                assertThat(EdgeServer.answerOf(next)).startsWith("HTTP/1.1 200 ");
                assertThat(EdgeServer.awaited(half.response()).statusCode()).isEqualTo(408);
                closed.get(30, TimeUnit.SECONDS);
            }
        }
    }

    /** A frame without a request starts none: a good client pings to check the connection. */
    @Test
    void anHttp2ConnectionThatOnlyPingsStaysOpen() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY)) {
            HttpClientRequest first = http2(server, HttpMethod.GET, AllFaces.VERIFY);
            assertThat(statusOf(first)).isEqualTo(200);
            for (int i = 0; i < 3; i++) {
                ping(first);
                server.awaitNothingHeld();
                server.passes(LONGER);
            }
            server.awaitConnections(1);
        }
    }

    /** The client has its answer, but its request never ends. */
    @Test
    void anAnsweredHttp2StreamIsResetIfItsRequestDoesNotEnd() throws Exception {
        try (EdgeServer server = new EdgeServer(1, AGES, PLENTY)) {
            HttpClientRequest endless = http2(server, HttpMethod.POST, AllFaces.TOKEN);
            CompletableFuture<Throwable> reset = new CompletableFuture<>();
            CompletableFuture<Void> closed = new CompletableFuture<>();
            endless.exceptionHandler(reset::complete);
            endless.connection().closeHandler(closed::complete);
            endless.putHeader("Content-Length", "4");
            endless.write(Buffer.buffer("xxxx"));
            assertThat(EdgeServer.awaited(endless.response()).statusCode()).isEqualTo(200);
            assertThat(reset.get(30, TimeUnit.SECONDS)).hasMessageContaining("reset: 0");
            server.passes(Duration.ofSeconds(10));
            try (Socket next = server.send(EdgeServer.whole())) {
                assertThat(EdgeServer.answerOf(next)).startsWith("HTTP/1.1 200 ");
            }
            closed.get(30, TimeUnit.SECONDS);
        }
    }

    private static int statusOf(HttpClientRequest request) throws Exception {
        return EdgeServer.awaited(request.send()).statusCode();
    }

    /** Pings on the event loop. On another thread, Vert.x may read the answer before it registers the caller. */
    private static void ping(HttpClientRequest request) throws Exception {
        CompletableFuture<Buffer> answered = new CompletableFuture<>();
        HttpClientConnection connection = (HttpClientConnection) request.connection();
        connection
                .getContext()
                .runOnContext(turn -> connection
                        .ping(Buffer.buffer("12345678"))
                        .onSuccess(answered::complete)
                        .onFailure(answered::completeExceptionally));
        answered.get(30, TimeUnit.SECONDS);
    }

    /** A megabyte that is dropped on arrival does not displace requests that are kept. */
    @ParameterizedTest
    @ValueSource(strings = {AllFaces.TOKEN, "/x/../nowhere"})
    void droppedBytesDoNotCount(String path) throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, 200_000)) {
            server.withhold();
            try (Socket honest = server.send(EdgeServer.half(AllFaces.TOKEN, 10, 4))) {
                server.awaitHeld(8 * 1024);
                String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
                try (Socket endless = server.send(head)) {
                    String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
                    for (int i = 0; i < 256; i++) {
                        try {
                            EdgeServer.write(endless, chunk);
                        } catch (IOException closed) {
                            break;
                        }
                    }
                    server.answerAll();
                    EdgeServer.write(honest, "xxxxxx");
                    assertThat(EdgeServer.answerOf(honest)).startsWith("HTTP/1.1 200 ");
                }
            }
        }
    }

    private static HttpClientRequest http2(EdgeServer server, HttpMethod method, String path) throws Exception {
        return EdgeServer.awaited(http2(server).request(method, path));
    }

    private static HttpClient http2(EdgeServer server) {
        return server.vertx()
                .createHttpClient(new HttpClientOptions()
                        .setDefaultHost("localhost")
                        .setDefaultPort(server.port())
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false));
    }

    /** Clients know that the server can close an idle connection at any time. */
    @Test
    void anIdleConnectionMakesRoomIfNoneIsUnfinished() throws Exception {
        try (EdgeServer server = new EdgeServer(2, AGES, PLENTY);
                Socket first = server.send(EdgeServer.whole());
                Socket second = server.send(EdgeServer.whole())) {
            assertThat(EdgeServer.answerOf(first)).startsWith("HTTP/1.1 200 ");
            assertThat(EdgeServer.answerOf(second)).startsWith("HTTP/1.1 200 ");
            String answer = "";
            for (int turn = 0; turn < 500 && answer.isEmpty(); turn++) {
                Thread.sleep(20);
                answer = answerOrNone(server);
            }
            assertThat(answer).startsWith("HTTP/1.1 200 ");
        }
    }

    private static String answerOrNone(EdgeServer server) throws IOException {
        try (Socket third = server.send(EdgeServer.whole())) {
            return EdgeServer.answerOf(third);
        } catch (IOException closed) {
            return "";
        }
    }

    @Test
    void nothingIsHeldForRequestsAfterTheyEndInAnyWay() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (EdgeServer server = new EdgeServer(20, AGES, 300_000)) {
            List<Socket> open = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String whole = EdgeServer.half(AllFaces.TOKEN, 20_000, 20_000) + EdgeServer.whole();
                open.add(server.send(whole.substring(0, random.nextInt(whole.length()))));
                if (open.size() > 30) {
                    open.remove(random.nextInt(open.size())).close();
                }
            }
            for (Socket one : open) {
                one.close();
            }
            server.awaitConnections(0);
            assertThat(server.connections.unfinished().held())
                    .as("seed %d", seed)
                    .isZero();
        }
    }

    private static void assertIncomplete(String answer) {
        String withoutContinue = answer.replace("HTTP/1.1 100 Continue\r\n\r\n", "");
        assertThat(withoutContinue)
                .startsWith("HTTP/1.1 408 The request did not arrive as a whole in time: send it again\r\n")
                .contains("{\"error\":\"invalid_request\",\"error_description\":\"The request did not arrive");
    }
}
