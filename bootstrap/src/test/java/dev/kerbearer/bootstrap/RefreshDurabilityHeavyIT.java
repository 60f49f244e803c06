package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * SIGKILL and power cuts under refresh load, repeated: every client keeps its grant, whether it lost an answer or not.
 */
class RefreshDurabilityHeavyIT {

    private static final int ROUNDS = 6;
    private static final int CLIENTS = 8;

    private static Practice practice;

    private final List<RefreshingClient> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private volatile int port;

    @BeforeAll
    static void start() {
        practice = Practice.start();
    }

    @AfterAll
    static void stop() {
        practice.close();
    }

    @Test
    void noGrantIsLost() throws Exception {
        try (OperatorsPostgres database = OperatorsPostgres.start(practice.folder("database"))) {
            Path folder = practice.folder("node");
            Map<String, String> configuration = database.configured(practice.configuration());
            // Long enough for a slow start of a node, which is not under test.
            configuration.put("kerbearer.refresh.reuse-leeway", "2m");
            RunningKerbearer node = RunningKerbearer.start(folder, configuration);
            try {
                startRefreshLoad(node);
                for (int round = 1; round <= ROUNDS; round++) {
                    TimeUnit.MILLISECONDS.sleep(1000 + 130L * round);
                    node.kill();
                    node = RunningKerbearer.start(folder, configuration);
                    port = node.port();
                    assertEveryClientRefreshes("node killed, round " + round);
                }
                for (int round = 1; round <= ROUNDS; round++) {
                    TimeUnit.MILLISECONDS.sleep(1000 + 130L * round);
                    database.stop();
                    TimeUnit.MILLISECONDS.sleep(200);
                    database.start();
                    assertEveryClientRefreshes("PostgreSQL stopped at once, round " + round);
                }
                refreshLoadEnds();
                assertEveryPairWorks(node);
                assertBooksAreConsistent(database);
            } finally {
                threads.shutdownNow();
                node.close();
            }
        }
    }

    private void startRefreshLoad(RunningKerbearer node) {
        port = node.port();
        for (int i = 0; i < CLIENTS; i++) {
            RefreshingClient client = new RefreshingClient(() -> port, practice.aliceAuthorizes(port));
            clients.add(client);
            threads.execute(client);
        }
    }

    /** Checks that each client gets a new pair, well within the leeway of a token that it may have presented before. */
    private void assertEveryClientRefreshes(String what) throws InterruptedException {
        List<Integer> before = clients.stream().map(RefreshingClient::refreshes).toList();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (int i = 0; i < CLIENTS; i++) {
            RefreshingClient client = clients.get(i);
            while (client.refreshes() == before.get(i) && client.refused().isEmpty() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(client.refused()).as(what).isEmpty();
            assertThat(client.refreshes()).as(what).isGreaterThan(before.get(i));
        }
        System.out.printf("%s: %s%n", what, counts());
    }

    private void refreshLoadEnds() throws InterruptedException {
        clients.forEach(RefreshingClient::stop);
        threads.shutdown();
        assertThat(threads.awaitTermination(40, TimeUnit.SECONDS)).isTrue();
        long lost =
                clients.stream().filter(client -> !client.refused().isEmpty()).count();
        System.out.printf("after %d kills and %d power cuts: %s, %d grants lost%n", ROUNDS, ROUNDS, counts(), lost);
        assertThat(lost).as("grants lost").isZero();
        assertThat(sum(RefreshingClient::lostAnswers))
                .as("lost answers (without one the test proves nothing)")
                .isPositive();
    }

    private void assertEveryPairWorks(RunningKerbearer node) {
        for (RefreshingClient client : clients) {
            assertThat(Practice.verify(node.port(), client.accessToken()).status())
                    .isEqualTo(200);
            int before = client.refreshes();
            client.refresh();
            assertThat(client.refused()).isEmpty();
            assertThat(client.refreshes()).isEqualTo(before + 1);
            assertThat(Practice.verify(node.port(), client.accessToken()).status())
                    .isEqualTo(200);
        }
    }

    /** Checks that every rotation has its replaced token and its audit line, and that no grant was ended. */
    private static void assertBooksAreConsistent(OperatorsPostgres database) throws Exception {
        try (EmbeddedTables tables = database.tables()) {
            List<String> counts = tables.row("""
                    select (select count(*) from grants where ended_at is null),
                           (select sum(generation) from grants),
                           (select count(*) from replaced_refresh_tokens),
                           (select count(*) from audit_events where action = 'GRANT_REFRESHED'),
                           (select count(*) from audit_events where action = 'REFRESH_REPEATED'),
                           (select count(*) from audit_events where action = 'GRANT_REUSED')
                    """);
            System.out.printf(
                    "%s grants live, %s rotations, %s replaced tokens, %s audit lines of rotations, %s repeated, %s reused%n",
                    counts.toArray());
            assertThat(counts.get(0)).isEqualTo(String.valueOf(CLIENTS));
            assertThat(counts.get(2)).isEqualTo(counts.get(1));
            assertThat(counts.get(3)).isEqualTo(counts.get(1));
            assertThat(counts.get(5)).isEqualTo("0");
        }
    }

    private String counts() {
        return "%d refreshes, %d lost answers, %d recovered, %d times away"
                .formatted(
                        sum(RefreshingClient::refreshes),
                        sum(RefreshingClient::lostAnswers),
                        sum(RefreshingClient::recovered),
                        sum(RefreshingClient::away));
    }

    private int sum(ToIntFunction<RefreshingClient> count) {
        return clients.stream().mapToInt(count).sum();
    }
}
