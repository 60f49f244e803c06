package dev.kerbearer.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.edge.face.AllFaces;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests with many small fields. In memory, each field takes many times its size. */
@SuppressWarnings("try") // the test only keeps the connection open
class ManyFieldsTest {

    private static final Duration AGES = Duration.ofMinutes(5);
    private static final long PLENTY = 64 * 1024 * 1024;
    private static final int MANY = 200;
    private static final int OF_A_CONNECTION = 32 * 1024;

    @TempDir
    private static Path folder;

    @Test
    void aHeadMayHave200Fields() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = server.send(withFields(200))) {
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ");
            EdgeServer.write(socket, withFields(201));
            assertThat(EdgeServer.untilClosed(socket))
                    .startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n")
                    .contains("\"error\":\"invalid_request\"");
        }
    }

    @Test
    void theTrailersOfABodyMayHave200Fields() throws Exception {
        String chunked = "POST " + AllFaces.TOKEN + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4\r\nxxxx\r\n0\r\n";
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = server.send(chunked + "a:\r\n".repeat(200) + "\r\n")) {
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ");
            EdgeServer.write(socket, chunked + "a:\r\n".repeat(201) + "\r\n");
            assertThat(EdgeServer.untilClosed(socket)).doesNotContain("HTTP/1.1 200 ");
        }
    }

    /** The header of the PROXY protocol and the first bytes of HTTP can arrive together. */
    @ParameterizedTest
    @EnumSource
    void theFirstHeadOfAConnectionHasTheSameLimit(EdgeTransport transport) throws Exception {
        try (EdgeServer server = transport.server(folder)) {
            try (Socket socket = transport.connect(server)) {
                EdgeServer.write(socket, withFields(201));
                assertThat(EdgeServer.untilClosed(socket)).startsWith("HTTP/1.1 431 ");
            }
            try (Socket socket = transport.connect(server)) {
                EdgeServer.write(socket, withFields(200));
                assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void theProxysHeaderAndTheFirstHeadMayComeTogether() throws Exception {
        String proxy = "PROXY TCP4 192.0.2.1 192.0.2.2 1024 80\r\n";
        try (EdgeServer server = EdgeTransport.PROXY_PROTOCOL.server(folder)) {
            try (Socket socket = server.send(proxy + withFields(201))) {
                assertThat(EdgeServer.untilClosed(socket)).startsWith("HTTP/1.1 431 ");
            }
            try (Socket socket = server.send(proxy + withFields(200) + withFields(201))) {
                assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ");
                assertThat(EdgeServer.untilClosed(socket)).startsWith("HTTP/1.1 431 ");
            }
        }
    }

    /** The limit counts fields, not lines or bytes. */
    @Test
    void aBodyOfManyLinesHasNoFields() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = server.send(EdgeServer.half(AllFaces.TOKEN, 4 * 10_000, 0) + "a:\r\n".repeat(10_000))) {
            assertThat(EdgeServer.answerOf(socket)).startsWith("HTTP/1.1 200 ").endsWith(" 40000");
        }
    }

    /** In memory, small fields take many times their size. */
    @Test
    void unfinishedHeadsCountTheMemoryOfTheirFields() throws Exception {
        int fields = 192;
        try (EdgeServer server = new EdgeServer(2 * MANY, AGES, PLENTY)) {
            long before = LiveHeap.bytes();
            List<Socket> unfinished = new ArrayList<>();
            try {
                for (int i = 0; i < MANY; i++) {
                    unfinished.add(server.send("GET / HTTP/1.1\r\n" + "a:\r\n".repeat(fields)));
                }
                server.awaitHeld(100L * MANY * fields);
                long used = LiveHeap.bytes() - before;
                assertThat(used).isLessThan(server.connections.unfinished().held() + MANY * OF_A_CONNECTION);
            } finally {
                EdgeServer.closeAll(unfinished);
            }
            server.awaitNothingHeld();
        }
    }

    @Test
    void unfinishedHeadsOfManyFieldsAreDroppedBeyondTheBudget() throws Exception {
        try (EdgeServer server = new EdgeServer(2 * MANY, AGES, 1024 * 1024)) {
            List<Socket> unfinished = new ArrayList<>();
            try {
                for (int i = 0; i < MANY; i++) {
                    unfinished.add(server.send("GET / HTTP/1.1\r\n" + "a:\r\n".repeat(192)));
                }
                for (Socket old : unfinished.subList(0, MANY / 2)) {
                    EdgeServer.untilClosed(old);
                }
                try (Socket small = server.send(EdgeServer.whole())) {
                    assertThat(EdgeServer.answerOf(small)).startsWith("HTTP/1.1 200 ");
                }
            } finally {
                EdgeServer.closeAll(unfinished);
            }
        }
    }

    /** Returns a request with that many fields. */
    private static String withFields(int number) {
        return EdgeServer.whole().replaceFirst("\r\n", "\r\n" + "a:\r\n".repeat(number - 1));
    }
}
