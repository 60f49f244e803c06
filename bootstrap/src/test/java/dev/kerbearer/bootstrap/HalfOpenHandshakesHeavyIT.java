package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Unfinished NTLM handshakes over real sockets: a hundred thousand from a hundred addresses. The connections that stay
 * open are as many as the allowed handshakes, and more.
 */
class HalfOpenHandshakesHeavyIT {

    private static final int ALL = 100_000;
    private static final int STAY_OPEN = 12_000;
    private static final int BATCH = 1_000;
    private static final int ADDRESSES = 100;
    private static final int MOST = 10_000;
    private static final int MOST_OF_AN_ADDRESS = 200;
    private static final String HANDSHAKE = "dev.kerbearer.windowsauth.http.NtlmSignIn$Half";

    private static Practice practice;
    private static RunningKerbearer kerbearer;

    @BeforeAll
    static void start() {
        practice = Practice.start();
        Map<String, String> configuration = practice.configuration();
        configuration.put("kerbearer.ntlm.enabled", "true");
        configuration.put("quarkus.http.limits.max-connections", "20000");
        // At a more detailed level, the log of a hundred thousand requests would fill the disk.
        configuration.put("quarkus.log.level", "INFO");
        kerbearer = RunningKerbearer.start(practice.folder("node"), configuration);
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    @Test
    void aHundredThousandNeedNoMoreMemoryThanTenThousandAndBlockNoSignIn() throws Exception {
        // The first requests load and compile classes, which must not count here.
        closeOldest(begin(0, BATCH), 0);
        LiveObjects before = LiveObjects.of(kerbearer.process());
        List<BegunHandshake> open = new ArrayList<>();
        try {
            LiveObjects full = before;
            for (int begun = 0; begun < ALL; begun += BATCH) {
                Instant start = Instant.now();
                open.addAll(begin(begun, BATCH));
                if (begun % 10_000 == 0) {
                    System.out.printf(
                            "%d begun, the last %d in %d ms%n",
                            begun + BATCH,
                            BATCH,
                            Duration.between(start, Instant.now()).toMillis());
                    assertThat(practice.aliceAuthorizes(kerbearer.port()).status())
                            .as("with a ticket, meanwhile")
                            .isEqualTo(200);
                }
                closeOldest(open, STAY_OPEN);
                if (begun + BATCH == STAY_OPEN) {
                    full = LiveObjects.of(kerbearer.process());
                }
            }
            LiveObjects after = LiveObjects.of(kerbearer.process());
            System.out.printf(
                    "live after garbage collection: %d MB before, %d MB with %d connections, %d MB after %d%n",
                    megabytes(before), megabytes(full), STAY_OPEN, megabytes(after), ALL);
            assertThat(full.of(HANDSHAKE)).isEqualTo(MOST);
            assertThat(after.of(HANDSHAKE)).isEqualTo(MOST);
            assertThat(after.bytes()).isLessThan(full.bytes() + full.bytes() / 10);
            assertOldestWereDropped(open);
        } finally {
            closeOldest(open, 0);
        }
        assertClosedConnectionsKeepNothing(before);
    }

    /** The newest handshakes can still be finished. Those that were dropped to make room are unknown. */
    private static void assertOldestWereDropped(List<BegunHandshake> open) throws IOException {
        int newest = open.size() - 1;
        for (int one : new int[] {newest, newest - MOST / 2, newest - (MOST - 100)}) {
            assertThat(open.get(one).completed())
                    .as("%d before the newest", newest - one)
                    .startsWith("200 ");
        }
        assertThat(open.get(newest - (MOST + 100)).completed())
                .startsWith("401 Authentication failed: no NTLM challenge is open on this connection");
    }

    private static void assertClosedConnectionsKeepNothing(LiveObjects before) throws InterruptedException {
        LiveObjects now = LiveObjects.of(kerbearer.process());
        for (int turn = 0; turn < 50 && now.of(HANDSHAKE) > 0; turn++) {
            // The node needs time to notice that they are closed.
            TimeUnit.MILLISECONDS.sleep(200);
            now = LiveObjects.of(kerbearer.process());
        }
        System.out.printf("%d MB live once all are closed%n", megabytes(now));
        assertThat(now.of(HANDSHAKE)).isZero();
        assertThat(now.bytes()).isLessThan(before.bytes() * 3 / 2);
    }

    @Test
    void anAddressHasAtMostTwoHundredAndBlocksNoOtherAddress() throws Exception {
        List<BegunHandshake> ofOne = new ArrayList<>();
        try (BegunHandshake ofAnother = BegunHandshake.from("127.0.9.2", kerbearer.port())) {
            for (int i = 0; i < MOST_OF_AN_ADDRESS + 50; i++) {
                ofOne.add(BegunHandshake.from("127.0.9.1", kerbearer.port()));
            }
            assertThat(ofOne.get(49).completed()).startsWith("401 ");
            assertThat(ofOne.get(50).completed()).startsWith("200 ");
            assertThat(ofOne.get(ofOne.size() - 1).completed()).startsWith("200 ");
            assertThat(ofAnother.completed()).startsWith("200 ");
        } finally {
            closeOldest(ofOne, 0);
        }
    }

    /** Begins that many handshakes, each from the next address. */
    private static List<BegunHandshake> begin(int from, int number) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<BegunHandshake>> calls = new ArrayList<>();
            for (int i = from; i < from + number; i++) {
                String address = "127.0.8." + (1 + i % ADDRESSES);
                calls.add(() -> BegunHandshake.from(address, kerbearer.port()));
            }
            List<BegunHandshake> begun = new ArrayList<>();
            for (Future<BegunHandshake> call : threads.invokeAll(calls, 1, TimeUnit.MINUTES)) {
                begun.add(call.get());
            }
            return begun;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void closeOldest(List<BegunHandshake> open, int keep) throws IOException {
        List<BegunHandshake> oldest = open.subList(0, Math.max(0, open.size() - keep));
        for (BegunHandshake one : oldest) {
            one.close();
        }
        oldest.clear();
    }

    private static long megabytes(LiveObjects objects) {
        return objects.bytes() / (1024 * 1024);
    }
}
