package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.persistence.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What survives: restarts, a second node, a database that goes away and comes back. */
class DurabilityIT {

    private static Practice practice;

    @BeforeAll
    static void start() {
        practice = Practice.start();
    }

    @AfterAll
    static void stop() {
        practice.close();
    }

    @Test
    void tokensAreGoodAfterARestartAndUsedTicketsAreNot() {
        Path folder = practice.folder("restart");
        byte[] ticket = practice.user("alice").token("HTTP/localhost");
        String token;
        try (RunningKerbearer before = RunningKerbearer.start(folder, practice.configuration())) {
            token = Practice.authorize(before.port(), ticket, Practice.REQUEST).accessToken();
        }
        try (RunningKerbearer after = RunningKerbearer.start(folder, practice.configuration())) {
            assertThat(Practice.verify(after.port(), token).status()).isEqualTo(200);
            assertReplayed(Practice.authorize(after.port(), ticket, Practice.REQUEST));
        }
    }

    @Test
    void aKilledNodeLosesNothingAndLeavesNothingThatBlocksTheNextStart() {
        Path folder = practice.folder("killed");
        byte[] ticket = practice.user("alice").token("HTTP/localhost");
        RunningKerbearer killed = RunningKerbearer.start(folder, practice.configuration());
        String token =
                Practice.authorize(killed.port(), ticket, Practice.REQUEST).accessToken();
        killed.kill();
        try (RunningKerbearer after = RunningKerbearer.start(folder, practice.configuration())) {
            assertThat(Practice.verify(after.port(), token).status()).isEqualTo(200);
            assertReplayed(Practice.authorize(after.port(), ticket, Practice.REQUEST));
        }
    }

    @Test
    void twoNodesOnOneDatabaseAnswerAnApReqOnce() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(practice.folder("shared"));
                RunningKerbearer one = RunningKerbearer.start(practice.folder("one"), external(database));
                RunningKerbearer two = RunningKerbearer.start(practice.folder("two"), external(database))) {
            byte[] ticket = practice.user("alice").token("HTTP/localhost");
            String token =
                    Practice.authorize(one.port(), ticket, Practice.REQUEST).accessToken();
            assertReplayed(Practice.authorize(two.port(), ticket, Practice.REQUEST));
            byte[] refused = practice.user("bob").token("HTTP/localhost");
            assertThat(Practice.authorize(two.port(), refused, Practice.REQUEST).status())
                    .isEqualTo(400);
            assertReplayed(Practice.authorize(one.port(), refused, Practice.REQUEST));
            assertThat(Practice.verify(two.port(), token).status()).isEqualTo(200);
            assertThat(Practice.revoke(two.port(), token).status()).isEqualTo(200);
            assertThat(Practice.verify(one.port(), token).status()).isEqualTo(401);
        }
    }

    @Test
    void aDatabaseThatIsAwayIsAnAnswerAndItsReturnIsEnough() throws Exception {
        Path folder = practice.folder("comes-and-goes");
        try (RunningKerbearer kerbearer = RunningKerbearer.start(folder, practice.configuration())) {
            int port = kerbearer.port();
            String token = practice.aliceAuthorizes(port).accessToken();
            List<String> issued = new ArrayList<>();
            AtomicBoolean goOn = new AtomicBoolean(true);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<List<Answer>>> load = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                load.add(threads.submit(signInsWhile(port, goOn)));
            }
            TimeUnit.SECONDS.sleep(1);
            Postmaster postmaster = Postmaster.of(folder.resolve("data/postgresql"));
            postmaster.stop();

            Answer authorize = answeredWithin(Duration.ofSeconds(5), () -> practice.aliceAuthorizes(port));
            assertThat(authorize.status()).as(authorize.toString()).isEqualTo(401);
            assertThat(authorize.error()).isEqualTo("server_error");
            assertThat(authorize.description()).isEqualTo("Failed to issue grant: storage unavailable");
            assertThat(authorize.header("Retry-After")).isPresent();
            assertThat(authorize.headers("WWW-Authenticate")).containsExactly("Negotiate");
            for (String path : List.of(Practice.VERIFY, Practice.REVOKE)) {
                Answer answer = answeredWithin(
                        Duration.ofSeconds(5),
                        () -> RawHttp.get(port, path)
                                .header("Authorization", "Bearer " + token)
                                .send());
                assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
                assertThat(answer.error()).isEqualTo("server_error");
                assertThat(answer.header("Retry-After")).isPresent();
            }
            assertThat(RawHttp.get(kerbearer.managementPort(), "/q/health/ready")
                            .send()
                            .status())
                    .isEqualTo(503);

            postmaster.start();
            assertThat(recoversWithin(Duration.ofSeconds(5), port)).isTrue();
            assertThat(RawHttp.get(kerbearer.managementPort(), "/q/health/ready")
                            .send()
                            .status())
                    .isEqualTo(200);
            goOn.set(false);
            for (Future<List<Answer>> answers : load) {
                for (Answer answer : answers.get()) {
                    assertThat(answer.status()).as(answer.toString()).isIn(200, 401);
                    if (answer.status() == 200) {
                        issued.add(answer.accessToken());
                    }
                }
            }
            threads.shutdown();
            assertThat(issued)
                    .isNotEmpty()
                    .allMatch(good -> Practice.verify(port, good).status() == 200);
            assertThat(Practice.verify(port, token).status()).isEqualTo(200);
            assertNothingIsHalfWritten(folder.resolve("data"));
            postmaster.stop();
            postmaster.start();
        }
    }

    private static Callable<List<Answer>> signInsWhile(int port, AtomicBoolean goOn) {
        return () -> {
            List<Answer> answers = new ArrayList<>();
            while (goOn.get()) {
                answers.add(Practice.authorize(port, practice.forged().inSpnego(), Practice.REQUEST));
            }
            return answers;
        };
    }

    private static Answer answeredWithin(Duration limit, Callable<Answer> call) throws Exception {
        Instant start = Instant.now();
        Answer answer = call.call();
        assertThat(Duration.between(start, Instant.now()))
                .as("the contract's limit")
                .isLessThan(limit);
        return answer;
    }

    private static boolean recoversWithin(Duration limit, int port) throws InterruptedException {
        Instant end = Instant.now().plus(limit);
        while (Instant.now().isBefore(end)) {
            if (practice.aliceAuthorizes(port).status() == 200) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return false;
    }

    /** Every grant has its sign-in and its audit line, and the other way round. */
    private static void assertNothingIsHalfWritten(Path data) throws IOException, SQLException {
        try (EmbeddedTables tables = EmbeddedTables.of(data)) {
            List<String> counts = tables.row("""
                    select (select count(*) from grants),
                           (select count(*) from audit_events where action = 'GRANT_ISSUED'),
                           (select count(*) from grants join audit_events on grant_id = grants.id),
                           (select count(*) from sign_ins),
                           (select count(*) from audit_events)
                    """);
            assertThat(counts.get(0)).isNotEqualTo("0").isEqualTo(counts.get(1)).isEqualTo(counts.get(2));
            assertThat(counts.get(3)).isEqualTo(counts.get(4));
        }
    }

    private static Map<String, String> external(EmbeddedDatabase database) {
        Map<String, String> configuration = practice.configuration();
        configuration.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
        configuration.put("quarkus.datasource.username", database.username());
        configuration.put("quarkus.datasource.password", database.password());
        return configuration;
    }

    private static void assertReplayed(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.description()).contains("replayed");
    }
}
