package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.domain.guessing.FailureCount;
import dev.kerbearer.domain.guessing.FailureLimit;
import dev.kerbearer.domain.guessing.GuessingState;
import dev.kerbearer.domain.port.Expiring.Expired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of every implementation of {@link FailedSignIns}. */
public abstract class FailedSignInsContract {

    private final String alice = "alice-" + UUID.randomUUID();
    private final Attempt here = new Attempt(alice, ClientAddress.of("here-" + UUID.randomUUID()));
    private final Attempt there = new Attempt(alice, ClientAddress.of("there-" + UUID.randomUUID()));

    protected abstract FailedSignIns failedSignIns();

    protected abstract Expiring expiring();

    @Test
    void anUnknownNameHasAnEmptyState() {
        assertThat(failedSignIns().state(here))
                .isEqualTo(new GuessingState(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void failuresOfANameCountForAllAddresses() {
        fail(here, false, 5);
        fail(there, false, 5);
        assertThat(failedSignIns().state(here).nameWaitsUntil()).hasValue(NOW.plusSeconds(5));
        assertThat(failedSignIns().state(there).nameWaitsUntil()).hasValue(NOW.plusSeconds(5));
        assertThat(failedSignIns().state(there).nameFromThereWaitsUntil()).isEmpty();
        assertThat(failedSignIns().state(there).addressWaitsUntil()).isEmpty();
    }

    @Test
    void failuresFromAKnownAddressCountForThatAddressOnly() {
        fail(here, true, 10);
        assertThat(failedSignIns().state(here).nameFromThereWaitsUntil()).hasValue(NOW.plusSeconds(5));
        assertThat(failedSignIns().state(here).nameWaitsUntil()).isEmpty();
        assertThat(failedSignIns().state(there).nameFromThereWaitsUntil()).isEmpty();
    }

    @Test
    void failuresOfAnAddressCountForAllNames() {
        for (int i = 0; i < 100; i++) {
            failedSignIns().failed(new Attempt(alice + i, here.from()), i % 2 == 0, NOW);
        }
        assertThat(failedSignIns().state(here).addressWaitsUntil()).hasValue(NOW.plusSeconds(5));
        assertThat(failedSignIns().state(there).addressWaitsUntil()).isEmpty();
    }

    @Test
    void aFailureReturnsTheStateBeforeIt() {
        fail(here, false, 9);
        assertThat(failedSignIns().failed(here, false, NOW).nameWaitsUntil()).isEmpty();
        assertThat(failedSignIns().failed(here, false, NOW).nameWaitsUntil()).hasValue(NOW.plusSeconds(5));
    }

    @Test
    void theLastSignInFromAnAddressIsRemembered() {
        failedSignIns().signedIn(here, NOW);
        failedSignIns().signedIn(here, NOW.plusSeconds(60));
        assertThat(failedSignIns().state(here).lastSignIn()).hasValue(NOW.plusSeconds(60));
        assertThat(failedSignIns().state(there).lastSignIn()).isEmpty();
    }

    /** Compares the counts with the rules of the domain. */
    @Test
    void failuresOfANameAreCountedAsInTheDomain() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        FailureCount count = FailureCount.NONE;
        Instant at = NOW;
        for (int failure = 0; failure < 200; failure++) {
            at = at.plusSeconds(random.nextInt(random.nextInt(8) == 0 ? 700 : 40));
            count = count.afterFailure(at, FailureLimit.NAME);
            failedSignIns().failed(here, false, at);
            assertThat(failedSignIns().state(here).nameWaitsUntil())
                    .as("failure %d, seed %d", failure, seed)
                    .isEqualTo(count.waitsUntil());
        }
    }

    @Test
    void failuresOfAnAddressAreCountedAsInTheDomain() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        FailureCount count = FailureCount.NONE;
        Instant at = NOW;
        int waits = 0;
        for (int failure = 0; failure < 600; failure++) {
            at = at.plusSeconds(random.nextInt(random.nextInt(60) == 0 ? 200 : 3));
            count = count.afterFailure(at, FailureLimit.ADDRESS);
            failedSignIns().failed(new Attempt(alice + failure, here.from()), false, at);
            assertThat(failedSignIns().state(here).addressWaitsUntil())
                    .as("failure %d, seed %d", failure, seed)
                    .isEqualTo(count.waitsUntil());
            waits += count.waitsUntil().isPresent() ? 1 : 0;
        }
        assertThat(waits).as("seed %d", seed).isPositive();
    }

    @Test
    void eachOfManySimultaneousFailuresIsCounted() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<GuessingState>> failures = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                failures.add(() -> failedSignIns().failed(here, false, NOW));
                failures.add(() -> failedSignIns().failed(there, false, NOW));
            }
            int withoutWait = 0;
            for (Future<GuessingState> failure : threads.invokeAll(failures)) {
                withoutWait += failure.get().nameWaitsUntil().isEmpty() ? 1 : 0;
            }
            assertThat(withoutWait).as("failures before the limit was reached").isEqualTo(10);
        } finally {
            threads.shutdown();
        }
        FailureCount count = FailureCount.NONE;
        for (int i = 0; i < 50; i++) {
            count = count.afterFailure(NOW, FailureLimit.NAME);
        }
        assertThat(failedSignIns().state(here).nameWaitsUntil()).isEqualTo(count.waitsUntil());
    }

    @Test
    void onlyExpiredFailuresAndSignInsAreForgotten() {
        forget(NOW.plus(Duration.ofDays(99)));
        fail(here, false, 10);
        failedSignIns().signedIn(here, NOW);
        assertThat(forget(NOW.plusSeconds(599))).isZero();
        assertThat(forget(NOW.plusSeconds(600))).isEqualTo(2);
        assertThat(failedSignIns().state(here).nameWaitsUntil()).isEmpty();
        assertThat(forget(NOW.plus(Duration.ofDays(30)).minusSeconds(1))).isZero();
        assertThat(forget(NOW.plus(Duration.ofDays(30)))).isEqualTo(1);
        assertThat(failedSignIns().state(here).lastSignIn()).isEmpty();
    }

    private int forget(Instant at) {
        return expiring().forget(new Expired.Failures(at), 100_000);
    }

    private void fail(Attempt attempt, boolean knownThere, int times) {
        for (int i = 0; i < times; i++) {
            failedSignIns().failed(attempt, knownThere, NOW);
        }
    }
}
