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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a node does that is asked more than it can answer: here, one call at once. */
class OverloadIT {

    private static final String BODY = Practice.REQUEST;
    private static final int ATTEMPTS = 500;

    private static Practice practice;
    private static RunningKerbearer kerbearer;
    private static int port;

    @BeforeAll
    static void start() {
        practice = Practice.start();
        Map<String, String> configuration = practice.configuration();
        configuration.put("kerbearer.calls-at-once", "1");
        // Longer than a call is held up here.
        configuration.put("quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout", "30");
        kerbearer = RunningKerbearer.start(practice.folder("node"), configuration);
        port = kerbearer.port();
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    @Test
    void aThousandCallsWaitAndTheRestAreRefusedAndEveryOneOfTheThousandIsAnswered() throws Exception {
        String token = practice.aliceAuthorizes(port).accessToken();
        List<Answer> answers;
        Answer signIn;
        try (Connection database = database();
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute("lock table grants in access exclusive mode");
            try (ManyCalls calls = ManyCalls.send(port, verifications(1 + 1_000 + 100, token))) {
                awaitOneThatWaits(statement);
                signIn = practice.aliceAuthorizes(port);
                database.rollback();
                answers = calls.answers();
            }
        }
        List<Answer> refused =
                answers.stream().filter(answer -> answer.status() != 200).toList();
        // The last of them waits for longest, and may have found a place.
        assertThat(refused).hasSizeBetween(99, 100).allSatisfy(OverloadIT::assertIsRefused);
        assertIsRefused(signIn);
        assertThat(answered(() -> Practice.verify(port, token)).status()).isEqualTo(200);
        assertThat(answered(() -> RawHttp.post(port, "//VEDAuth/Authorize/Integrated/")
                                .header(
                                        "Authorization",
                                        Practice.negotiate(practice.forged().raw()))
                                .json(BODY)
                                .send())
                        .status())
                .as("a path that is respelt counts once")
                .isEqualTo(200);
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
    void halfARequestTakesNobodysPlace() throws Exception {
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
    void aClientThatWaitsToBeToldSoSendsItsBody() throws Exception {
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

    private static void awaitOneThatWaits(Statement statement) throws SQLException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ResultSet row = statement.executeQuery("select exists (select from pg_locks where not granted)")) {
                row.next();
                if (row.getBoolean(1)) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("no call waits for the table");
    }

    /** A caller can have the answer a moment before the place that it took is free. */
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
