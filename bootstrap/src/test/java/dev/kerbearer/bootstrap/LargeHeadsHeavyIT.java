package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests with heads of almost the largest size, or of many fields, at a node with a heap of 128 MB. */
class LargeHeadsHeavyIT {

    private static final int IDLE = 3_000;
    private static final int AT_ONCE = 1_000;
    private static final int ROUNDS = 3;
    private static final int SIZE = 70_000;
    private static final String CLOSED = "closed";
    private static final String IS_AUTH_SERVER = "GET /vedauth/authorize/isAuthServer HTTP/1.1\r\nHost: localhost\r\n";

    /** A call that waits in the queue; without a token it is answered with 401. */
    private static final String VERIFY = "GET /vedauth/authorize/verify HTTP/1.1\r\nHost: localhost\r\n";

    private static Practice practice;
    private static RunningKerbearer kerbearer;

    @BeforeAll
    static void start() {
        practice = Practice.start();
        Map<String, String> configuration = practice.configuration();
        configuration.put("quarkus.log.level", "INFO");
        kerbearer = RunningKerbearer.start(practice.folder("node"), configuration, Map.of("_JAVA_OPTIONS", "-Xmx128m"));
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    @Test
    void idleConnectionsAfterALargeHeadDoNotBlockOtherCalls() throws Exception {
        String large = IS_AUTH_SERVER + "X: " + "x".repeat(SIZE) + "\r\n\r\n";
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < IDLE; i++) {
                Socket one = connected();
                idle.add(one);
                assertThat(answerTo(one, large)).startsWith("HTTP/1.1 202 ");
                if (i % 1_000 == 999) {
                    assertOthersAreAnswered();
                }
            }
            System.out.printf(
                    "%d idle connections brought a head of %d bytes, %d MB live%n",
                    IDLE, SIZE, LiveObjects.of(kerbearer.process()).bytes() / (1024 * 1024));
        } finally {
            closeAll(idle);
        }
        assertOthersAreAnswered();
        assertThat(kerbearer.output()).doesNotContain("OutOfMemoryError");
    }

    @Test
    void simultaneousLargeHeadsAreAnsweredOrRefusedAndDoNotBlockOtherCalls() throws Exception {
        Set<String> seen = sendAtOnce(VERIFY + "X: " + "x".repeat(SIZE) + "\r\n\r\n");
        assertThat(seen).isSubsetOf("HTTP/1.1 401", "HTTP/1.1 503", CLOSED).contains("HTTP/1.1 401");
    }

    /** In memory, each field takes many times its size. */
    @Test
    void simultaneousHeadsOfManyFieldsAreRefusedAndDoNotBlockOtherCalls() throws Exception {
        String field = "X: " + "x".repeat(55) + "\r\n";
        Set<String> seen = sendAtOnce(VERIFY + field.repeat(SIZE / field.length()) + "\r\n");
        assertThat(seen).isSubsetOf("HTTP/1.1 431", CLOSED).contains("HTTP/1.1 431");
    }

    @Test
    void unfinishedHeadsOfManySmallFieldsDoNotBlockOtherCalls() throws Exception {
        for (int fields : List.of(190, 14_000)) {
            List<Socket> open = new ArrayList<>();
            try {
                for (int i = 0; i < IDLE; i++) {
                    Socket one = connected();
                    open.add(one);
                    begin(one, VERIFY + "a:\r\n".repeat(fields));
                    if (i % 1_000 == 999) {
                        assertOthersAreAnswered();
                    }
                }
                System.out.printf(
                        "%d unfinished heads of %d fields, %d MB live%n",
                        IDLE, fields, LiveObjects.of(kerbearer.process()).bytes() / (1024 * 1024));
            } finally {
                closeAll(open);
            }
            assertOthersAreAnswered();
        }
        assertThat(kerbearer.output()).doesNotContain("OutOfMemoryError");
    }

    /** Sends this request over many connections at once, several times, and returns the kinds of answers. */
    private static Set<String> sendAtOnce(String request) throws Exception {
        Set<String> seen = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Integer> answers = new TreeMap<>();
            List<Socket> open = new ArrayList<>();
            try {
                for (int i = 0; i < AT_ONCE; i++) {
                    open.add(connected());
                }
                for (Socket one : open) {
                    begin(one, request);
                }
                for (Socket one : open) {
                    answers.merge(statusOf(one), 1, Integer::sum);
                }
            } finally {
                closeAll(open);
            }
            System.out.printf("%d heads of %d bytes at once: %s%n", AT_ONCE, request.length(), answers);
            seen.addAll(answers.keySet());
            assertOthersAreAnswered();
        }
        assertThat(kerbearer.output()).doesNotContain("OutOfMemoryError");
        return seen;
    }

    private static void assertOthersAreAnswered() {
        assertThat(practice.aliceAuthorizes(kerbearer.port()).status()).isEqualTo(200);
    }

    private static Socket connected() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), kerbearer.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** Writes as much of a request as the node takes before it closes the connection. */
    private static void begin(Socket socket, String request) {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException closed) {
            // What the node has answered can still be read.
        }
    }

    private static String answerTo(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return firstLineOf(socket);
    }

    /** Returns the version and status of the answer. */
    private static String statusOf(Socket socket) throws IOException {
        try {
            String line = firstLineOf(socket);
            return line.isEmpty() ? CLOSED : line.substring(0, Math.min(line.length(), "HTTP/1.1 200".length()));
        } catch (SocketTimeoutException open) {
            return "open without an answer";
        } catch (IOException reset) {
            return CLOSED;
        }
    }

    private static String firstLineOf(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = socket.getInputStream().read();
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            next = socket.getInputStream().read();
        }
        return line.toString();
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
