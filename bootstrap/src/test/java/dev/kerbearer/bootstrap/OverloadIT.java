package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A node gets more calls than it can answer. Here it processes one call at a time. */
@TestMethodOrder(OrderAnnotation.class)
class OverloadIT {

    private static final String BODY = Practice.REQUEST;
    private static final int ATTEMPTS = 500;
    private static final int WAITING = 300;
    private static final Pattern LENGTH = Pattern.compile("(?m)^kerbearer_queue_length\\{kind=\"check\"\\} (\\S+)$");

    private static Practice practice;
    private static RunningKerbearer kerbearer;
    private static int port;

    @BeforeAll
    static void start() {
        practice = Practice.start();
        Map<String, String> configuration = practice.configuration();
        configuration.put("kerbearer.calls-at-once", "1");
        // Longer than the test holds up a call.
        configuration.put("quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout", "30");
        kerbearer = RunningKerbearer.start(practice.folder("node"), configuration);
        port = kerbearer.port();
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    /**
     * {@code CallQueueTest} covers a thousand waiting calls, because its clock does not depend on this machine's load.
     */
    @Test
    void everyCallOfABurstIsAnswered() throws Exception {
        String token = answered(() -> practice.aliceAuthorizes(port)).accessToken();
        try (Connection database = database();
                Statement statement = database.createStatement()) {
            hold(statement);
            try (ManyCalls calls = ManyCalls.send(port, verifications(1 + WAITING, token))) {
                awaitWaiting(WAITING);
                database.rollback();
                assertThat(calls.answers())
                        .allSatisfy(answer -> assertThat(answer.status())
                                .as(answer.toString())
                                .isEqualTo(200));
            }
        }
        assertThat(answered(() -> RawHttp.post(port, "//VEDAuth/Authorize/Integrated/")
                                .header(
                                        "Authorization",
                                        Practice.negotiate(practice.forged().raw()))
                                .json(BODY)
                                .send())
                        .status())
                .as("a path in another spelling is counted once")
                .isEqualTo(200);
    }

    /** Runs last because the node must be warm: then it refuses calls if its queue does not empty. */
    @Test
    @Order(Integer.MAX_VALUE)
    void callsAreRefusedIfTheQueueOfAWarmNodeDoesNotEmpty() throws Exception {
        String token = answered(() -> practice.aliceAuthorizes(port)).accessToken();
        ClientLoad load = ClientLoad.ofVerifications(port, token, 4);
        load.awaitAnswers(1_000, 200);
        load.stop();
        try (Connection database = database();
                Statement statement = database.createStatement()) {
            hold(statement);
            try (ManyCalls inside = ManyCalls.send(port, verifications(1, token))) {
                awaitBlocked(statement, 1);
                try (ManyCalls waiting = ManyCalls.send(port, verifications(5, token))) {
                    assertThat(waiting.answers()).hasSize(5).allSatisfy(OverloadIT::assertIsRefused);
                }
                assertIsRefused(practice.aliceAuthorizes(port));
                database.rollback();
                assertThat(inside.answers())
                        .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
            }
        }
        assertThat(answered(() -> Practice.verify(port, token)).status()).isEqualTo(200);
    }

    private static List<RawHttp> verifications(int number, String token) {
        return Stream.generate(() -> RawHttp.get(port, Practice.VERIFY).header("Authorization", "Bearer " + token))
                .limit(number)
                .toList();
    }

    private static void assertIsRefused(Answer refused) {
        assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("server_error");
        assertThat(refused.description()).isEqualTo(refused.phrase()).contains("busy");
        assertThat(refused.header("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
        assertThat(refused.header("Content-Type")).hasValue("application/json");
        assertThat(refused.header("Cache-Control")).hasValue("no-store");
        assertThat(refused.header("Pragma")).hasValue("no-cache");
        assertThat(refused.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(refused.header("X-Trace-Id").orElseThrow()).isNotBlank();
    }

    @Test
    void anUnfinishedRequestTakesNoPlace() throws Exception {
        List<Socket> halves = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                Socket half = new Socket(InetAddress.getLoopbackAddress(), port);
                halves.add(half);
                write(half, head(practice.forged().inSpnego()) + BODY.substring(0, 10));
            }
            String token = answered(() -> practice.aliceAuthorizes(port)).accessToken();
            assertThat(answered(() -> Practice.verify(port, token)).status()).isEqualTo(200);
            Socket slow = halves.get(0);
            write(slow, BODY.substring(10));
            Answer answer = Answer.of(slow.getInputStream().readAllBytes());
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        } finally {
            for (Socket half : halves) {
                half.close();
            }
        }
    }

    @Test
    void aClientThatExpectsContinueSendsItsBody() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            String head = head(practice.forged().inSpnego());
            write(socket, head.replace("Connection: close", "Connection: close\r\nExpect: 100-continue"));
            byte[] interim = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            assertThat(socket.getInputStream().readNBytes(interim.length)).isEqualTo(interim);
            write(socket, BODY);
            assertThat(Answer.of(socket.getInputStream().readAllBytes()).status())
                    .isEqualTo(200);
        }
    }

    private static Connection database() throws IOException, SQLException {
        Path data = practice.folder("node").resolve("data");
        String password = Files.readString(data.resolve("postgresql.password"));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                        + Postmaster.of(data.resolve("postgresql")).port() + "/postgres",
                "postgres",
                password);
    }

    /** Makes calls on grants wait until the transaction ends. */
    private static void hold(Statement statement) throws SQLException {
        statement.getConnection().setAutoCommit(false);
        statement.execute("lock table grants in access exclusive mode");
    }

    private static void awaitBlocked(Statement statement, int number) throws SQLException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS && blocked(statement) != number; attempt++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(blocked(statement)).as("sessions that wait for the table").isEqualTo(number);
    }

    private static int blocked(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select count(*) from pg_locks where not granted")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void awaitWaiting(int calls) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS && waiting() != calls; attempt++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(waiting()).as("waiting calls").isEqualTo(calls);
    }

    private static int waiting() {
        String all =
                RawHttp.get(kerbearer.managementPort(), "/q/metrics").send().body();
        Matcher meter = LENGTH.matcher(all);
        assertThat(meter.find()).as(all).isTrue();
        return Double.valueOf(meter.group(1)).intValue();
    }

    /** Retries, because a caller may get its answer just before the place in the queue is free. */
    private static Answer answered(Supplier<Answer> call) throws InterruptedException {
        Answer answer = call.get();
        for (int attempt = 0; attempt < ATTEMPTS && answer.status() == 503; attempt++) {
            TimeUnit.MILLISECONDS.sleep(20);
            answer = call.get();
        }
        return answer;
    }

    private static String head(byte[] ticket) {
        return "POST " + Practice.AUTHORIZE + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\nAuthorization: "
                + Practice.negotiate(ticket) + "\r\n\r\n";
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }
}
