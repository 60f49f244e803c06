package dev.kerbearer.rest.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.key.SigningKey;
import dev.kerbearer.domain.key.SigningKeyRing;
import dev.kerbearer.domain.port.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HeldSigningKeysTest {

    private volatile Instant now = Instant.parse("2026-11-09T21:07:25Z");
    private final SigningKey first = SigningKey.generate(now);
    private final SigningKey second = SigningKey.generate(now);
    private SigningKeyRing stored = new SigningKeyRing(List.of(first));
    private int lookups;
    private final HeldSigningKeys held = new HeldSigningKeys(
            () -> {
                lookups++;
                return stored;
            },
            () -> now);

    @Test
    void aHeldKeyIsNotLookedUp() {
        held.hold(stored);
        assertThat(held.find(first.id().value())).contains(first);
        assertThat(held.signer()).contains(first);
        assertThat(held.published()).containsExactly(first);
        assertThat(lookups).isZero();
    }

    @Test
    void aKeyFromAnotherNodeIsLookedUpOnce() {
        held.hold(stored);
        stored = new SigningKeyRing(List.of(first, second));
        assertThat(held.find(second.id().value())).contains(second);
        assertThat(held.find(second.id().value())).contains(second);
        assertThat(lookups).isEqualTo(1);
    }

    @Test
    void inventedNamesAreLookedUpOncePerSecond() {
        for (int i = 0; i < 100; i++) {
            assertThat(held.find("made up " + i)).isEmpty();
        }
        assertThat(lookups).isEqualTo(1);
        now = now.plusMillis(1001);
        assertThat(held.find("made up")).isEmpty();
        assertThat(lookups).isEqualTo(2);
    }

    @Test
    void aFailedLookupKeepsFailingForTheRestOfTheSecond() {
        Unavailable unavailable = new Unavailable("storage", new IllegalStateException("no connection"));
        AtomicInteger failed = new AtomicInteger();
        HeldSigningKeys cutOff = new HeldSigningKeys(
                () -> {
                    failed.incrementAndGet();
                    throw unavailable;
                },
                () -> now);
        cutOff.hold(stored);
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> cutOff.find("made up")).isSameAs(unavailable);
        }
        assertThat(cutOff.find(first.id().value())).as("a held key").contains(first);
        assertThat(failed).hasValue(1);
        now = now.plusMillis(1001);
        assertThatThrownBy(() -> cutOff.find("made up")).isSameAs(unavailable);
        assertThat(failed).hasValue(2);
    }

    @Test
    @Timeout(60)
    void everyCallerWaitsOnlyForTheRunningLookup() throws Exception {
        int callers = 16;
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger started = new AtomicInteger();
        HeldSigningKeys cutOff = new HeldSigningKeys(
                () -> {
                    started.incrementAndGet();
                    begun.countDown();
                    awaited(answer);
                    // The age of a failed lookup counts from its end, however long it took.
                    now = now.plusSeconds(2);
                    throw new Unavailable("storage", new IllegalStateException("no connection"));
                },
                () -> now);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Optional<SigningKey>>> found = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                String madeUp = "made up " + i;
                found.add(threads.submit(() -> cutOff.find(madeUp)));
            }
            awaited(begun);
            answer.countDown();
            for (Future<Optional<SigningKey>> one : found) {
                assertThatThrownBy(one::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(Unavailable.class);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(started).hasValue(1);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
