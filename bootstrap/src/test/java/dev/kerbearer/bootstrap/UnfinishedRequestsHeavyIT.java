package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests that trickle in, many more than the allowed connections, at a node with a heap of 128 MB. */
class UnfinishedRequestsHeavyIT {

    private static final int ALL = 12_000;
    private static final int MOST = 4_096;
    private static final int TURNS = 600;

    private static Practice practice;
    private static RunningKerbearer kerbearer;

    @BeforeAll
    static void start() {
        practice = Practice.start();
        Map<String, String> configuration = practice.configuration();
        // At a more detailed level, the log of thousands of connections would fill the disk.
        configuration.put("quarkus.log.level", "INFO");
        kerbearer = RunningKerbearer.start(practice.folder("node"), configuration, Map.of("_JAVA_OPTIONS", "-Xmx128m"));
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    @Test
    void slowHeadsBlockNoOtherCallAndTheirConnectionsAreClosed() throws Exception {
        assertAllAreClosed("GET /vedauth/authorize/verify HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(7_000));
    }

    @Test
    void slowBodiesBlockNoOtherCallAndTheirConnectionsAreClosed() throws Exception {
        assertAllAreClosed("POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n"
                + "x".repeat(7_000));
    }

    private static void assertAllAreClosed(String begun) throws Exception {
        List<Socket> open = new ArrayList<>();
        int answered = 0;
        try {
            for (int i = 0; i < ALL; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), kerbearer.port());
                open.add(socket);
                isOpenAfter(socket, begun);
                if (i % 1_000 == 999) {
                    assertThat(practice.aliceAuthorizes(kerbearer.port()).status())
                            .isEqualTo(200);
                    answered++;
                }
            }
            // The first write to a closed connection only triggers its reset.
            int closedAtOnce = sendOneByteEach(open) + sendOneByteEach(open);
            assertThat(closedAtOnce).isGreaterThanOrEqualTo(ALL - MOST);
            System.out.printf(
                    "%d began, %d were closed for want of room, %d MB live, %d others answered%n",
                    ALL, closedAtOnce, LiveObjects.of(kerbearer.process()).bytes() / (1024 * 1024), answered);
            for (int turn = 0; turn < TURNS && !open.isEmpty(); turn++) {
                TimeUnit.MILLISECONDS.sleep(200);
                sendOneByteEach(open);
            }
            assertThat(open).as("slow connections that are still open").isEmpty();
            assertThat(practice.aliceAuthorizes(kerbearer.port()).status()).isEqualTo(200);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /** Writes one byte to each connection and removes those that are closed. Returns how many it removed. */
    private static int sendOneByteEach(List<Socket> open) throws IOException {
        List<Socket> closed = new ArrayList<>();
        for (Socket socket : open) {
            if (!isOpenAfter(socket, "x") || socket.getInputStream().available() > 0) {
                closed.add(socket);
                socket.close();
            }
        }
        open.removeAll(new HashSet<>(closed));
        return closed.size();
    }

    private static boolean isOpenAfter(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }
}
