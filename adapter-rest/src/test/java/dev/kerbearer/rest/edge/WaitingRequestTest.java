package dev.kerbearer.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.edge.face.AllFaces;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Complete requests that wait for a place. */
@SuppressWarnings("try") // the test only keeps the connection open
class WaitingRequestTest {

    private static final Duration AGES = Duration.ofMinutes(5);
    private static final int EACH = 60_000;

    /** One call is in progress and holds the only place. */
    @Test
    void completeRequestsCountWhileTheyWaitForAPlace() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, 10L * EACH, 1)) {
            server.withhold();
            try (Socket first = server.send(EdgeServer.whole())) {
                server.awaitRouted(1);
                List<Socket> waiting = new ArrayList<>();
                for (int i = 0; i < 7; i++) {
                    waiting.add(server.send(whole()));
                    server.awaitHeld((i + 1L) * EACH);
                }
                try (Socket half = server.send(EdgeServer.half(AllFaces.TOKEN, EACH, EACH - 1));
                        Socket large = server.send(whole())) {
                    assertThat(EdgeServer.answerOf(large))
                            .startsWith("HTTP/1.1 503 ")
                            .contains("\"server_error\"");
                    server.answerAll();
                    for (Socket one : waiting) {
                        assertThat(EdgeServer.answerOf(one)).startsWith("HTTP/1.1 200 ");
                    }
                    EdgeServer.write(half, "x");
                    assertThat(EdgeServer.answerOf(half)).startsWith("HTTP/1.1 200 ");
                }
                for (Socket one : waiting) {
                    one.close();
                }
            }
            server.awaitNothingHeld();
        }
    }

    @Test
    void unfinishedRequestsMakeRoomForWaitingOnesButNeverTheReverse() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, 4L * EACH, 1)) {
            server.withhold();
            try (Socket inWork = server.send(EdgeServer.whole())) {
                server.awaitRouted(1);
                try (Socket waits = server.send(whole())) {
                    server.awaitHeld(EACH);
                    List<Socket> halves = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        halves.add(server.send(EdgeServer.half(AllFaces.TOKEN, EACH, EACH - 1)));
                    }
                    assertThat(EdgeServer.answerOf(halves.get(0))).startsWith("HTTP/1.1 408 ");
                    server.answerAll();
                    assertThat(EdgeServer.answerOf(waits)).startsWith("HTTP/1.1 200 ");
                    for (Socket half : halves) {
                        half.close();
                    }
                }
            }
            server.awaitNothingHeld();
        }
    }

    private static String whole() {
        return EdgeServer.half(AllFaces.TOKEN, EACH, EACH);
    }
}
