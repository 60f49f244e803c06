package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SIGTERM under the load of clients that keep their connections: every accepted request is answered. */
class ShutdownHeavyIT {

    private static final int CLIENTS = 8;

    private static Practice practice;

    @BeforeAll
    static void start() {
        practice = Practice.start();
    }

    @AfterAll
    static void stop() {
        practice.close();
    }

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();

    @Test
    void noAcceptedRequestFails() throws Exception {
        try (OperatorsPostgres database = OperatorsPostgres.start(practice.folder("database"))) {
            Map<String, String> configuration = database.configured(practice.configuration());
            configuration.put("quarkus.shutdown.delay", "2s");
            // Longer than the test holds up the requests in flight.
            configuration.put("quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout", "20");
            RunningKerbearer node = RunningKerbearer.start(practice.folder("node"), configuration);
            int management = node.managementPort();
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                work.add(clients.submit(() -> signInUntilRefused(node.port())));
            }
            TimeUnit.SECONDS.sleep(2);

            Instant told = Instant.now();
            node.terminate();
            assertReadinessFallsFirst(management, told);
            HeldUp heldUp = holdUpRequestsInFlight(database, told.plusMillis(1500), told.plusMillis(2800));
            node.awaitItsEnd();
            Duration took = Duration.between(told, Instant.now());
            for (Future<?> client : work) {
                client.get(30, TimeUnit.SECONDS);
            }
            clients.shutdown();
            assertBalance(node, database, took, heldUp);
        }
    }

    /**
     * The requests in flight at the end of the shutdown delay.
     *
     * @param requests that wait for the database
     * @param answered how many others had been answered 200 by then
     */
    private record HeldUp(long requests, long answered) {}

    /** Locks a table, so that requests in flight at the end of the delay cannot be answered before it. */
    private HeldUp holdUpRequestsInFlight(OperatorsPostgres database, Instant from, Instant until) throws Exception {
        try (EmbeddedTables tables = database.tables();
                Statement lock = tables.connection().createStatement()) {
            tables.connection().setAutoCommit(false);
            sleepUntil(from);
            lock.execute("lock table sign_ins in access exclusive mode");
            sleepUntil(until);
            String waiting = "select count(*) from pg_locks where relation = 'sign_ins'::regclass and not granted";
            HeldUp heldUp = new HeldUp(Long.parseLong(tables.row(waiting).get(0)), countOf(200));
            tables.connection().rollback();
            return heldUp;
        }
    }

    private static void sleepUntil(Instant moment) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(
                Math.max(0, Duration.between(Instant.now(), moment).toMillis()));
    }

    private void assertReadinessFallsFirst(int management, Instant told) throws InterruptedException {
        while (RawHttp.get(management, "/q/health/ready").send().status() == 200) {
            assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(1));
            TimeUnit.MILLISECONDS.sleep(20);
        }
        long before = countOf(200);
        TimeUnit.MILLISECONDS.sleep(500);
        assertThat(countOf(200)).as("sign-ins still answered while not ready").isGreaterThan(before);
        assertThat(countOf(503)).as("refused sign-ins").isZero();
    }

    private void assertBalance(RunningKerbearer node, OperatorsPostgres database, Duration took, HeldUp heldUp)
            throws Exception {
        long answeredAfterwards = countOf(200) - heldUp.answered();
        Books books;
        try (EmbeddedTables tables = database.tables()) {
            books = Books.of(tables);
        }
        System.out.printf(
                "SIGTERM: ended after %d ms; %d answers 200, %d answers 503, %d requests on connections that were"
                        + " closed; %d held up, %d answered afterwards; %s%n",
                took.toMillis(),
                countOf(200),
                countOf(503),
                unanswered.get(),
                heldUp.requests(),
                answeredAfterwards,
                books);
        assertThat(heldUp.requests())
                .as("requests in flight at the end of the delay")
                .isPositive();
        assertThat(answeredAfterwards)
                .as("requests answered after the end of the delay")
                .isGreaterThanOrEqualTo(heldUp.requests());
        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(node.output()).doesNotContain("Timed out waiting for graceful shutdown");
        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 503);
        books.assertNothingIsHalfWritten();
        assertThat(books.grants()).as("recorded grants that were answered").isEqualTo(countOf(200));
        try (RunningKerbearer after =
                RunningKerbearer.start(practice.folder("after"), database.configured(practice.configuration()))) {
            Books.assertNoneIsLost(
                    after.port(),
                    answers.stream()
                            .filter(answer -> answer.status() == 200)
                            .map(Answer::accessToken)
                            .toList());
        }
    }

    private long countOf(int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    /** Uses a connection as long as the node keeps it, and ends when no new connection is accepted. */
    private void signInUntilRefused(int port) {
        while (true) {
            try (KeptConnection connection = KeptConnection.to(port)) {
                Optional<Answer> answer;
                do {
                    answer = connection.ask(RawHttp.post(port, Practice.AUTHORIZE)
                            .header(
                                    "Authorization",
                                    Practice.negotiate(practice.forged().inSpnego()))
                            .json(Practice.REQUEST));
                    answer.ifPresentOrElse(answers::add, unanswered::incrementAndGet);
                } while (answer.isPresent()
                        && !answer.get().header("Connection").orElse("").equals("close"));
            } catch (IOException refused) {
                return;
            } catch (UncheckedIOException broken) {
                throw new AssertionError(broken);
            }
        }
    }
}
