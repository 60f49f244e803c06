package dev.kerbearer.domain.guessing;

import static dev.kerbearer.domain.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureCountTest {

    @ParameterizedTest
    @EnumSource
    void theWaitStartsAtTheLimit(FailureLimit limit) {
        FailureCount count = FailureCount.NONE;
        for (int failure = 1; failure < limit.failures(); failure++) {
            count = count.afterFailure(NOW, limit);
            assertThat(count.waitsUntil()).as("failure %d", failure).isEmpty();
        }
        assertThat(count.afterFailure(NOW, limit).waitsUntil()).hasValue(NOW.plusSeconds(5));
    }

    @Test
    void theLimitIsTenForANameAndAHundredForAnAddress() {
        assertThat(FailureLimit.NAME.failures()).isEqualTo(10);
        assertThat(FailureLimit.ADDRESS.failures()).isEqualTo(100);
    }

    @Test
    void failuresOlderThanFiveMinutesDoNotCount() {
        FailureCount nine = failed(9, NOW, FailureCount.NONE);
        assertThat(nine.afterFailure(NOW.plusSeconds(299), FailureLimit.NAME).waitsUntil())
                .isPresent();
        assertThat(nine.afterFailure(NOW.plusSeconds(300), FailureLimit.NAME).waitsUntil())
                .isEmpty();
    }

    @Test
    void eachFurtherFailureDoublesTheWaitUpToFiveMinutes() {
        FailureCount count = failed(10, NOW, FailureCount.NONE);
        List<Long> waits = new ArrayList<>();
        for (int again = 0; again < 9; again++) {
            Instant over = count.waitsUntil().orElseThrow();
            count = count.afterFailure(over, FailureLimit.NAME);
            waits.add(Duration.between(over, count.waitsUntil().orElseThrow()).toSeconds());
        }
        assertThat(waits).containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L, 300L);
    }

    @Test
    void theCountStartsAgainFiveMinutesAfterTheWait() {
        FailureCount count = failed(10, NOW, FailureCount.NONE);
        Instant over = count.waitsUntil().orElseThrow();
        assertThat(count.afterFailure(over.plusSeconds(299), FailureLimit.NAME).beyond())
                .isEqualTo(2);
        FailureCount anew = count.afterFailure(over.plusSeconds(300), FailureLimit.NAME);
        assertThat(anew.waitsUntil()).isEmpty();
        assertThat(anew.beyond()).isZero();
    }

    @Test
    void afterFiveMinutesOneFailureOfAnAddressCausesNoWait() {
        FailureCount waited = FailureCount.NONE;
        for (int failure = 0; failure < 100; failure++) {
            waited = waited.afterFailure(NOW, FailureLimit.ADDRESS);
        }
        Instant over = waited.waitsUntil().orElseThrow();
        assertThat(waited.afterFailure(over, FailureLimit.ADDRESS).waitsUntil()).hasValue(over.plusSeconds(10));
        FailureCount one = waited.afterFailure(NOW.plusSeconds(300), FailureLimit.ADDRESS);
        assertThat(one.waitsUntil()).isEmpty();
        assertThat(one.beyond()).isZero();
    }

    /** Compares the count with a second, simple one, for a caller that never retries during a wait. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void tenFailuresInFiveMinutesAlwaysCauseAWait(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FailureCount count = FailureCount.NONE;
        Instant now = NOW;
        List<Instant> all = new ArrayList<>();
        for (int failure = 0; failure < 500; failure++) {
            now = now.plusSeconds(random.nextInt(random.nextInt(10) == 0 ? 900 : 60));
            Instant earliest = count.waitsUntil().orElse(now);
            now = earliest.isAfter(now) ? earliest : now;
            count = count.afterFailure(now, FailureLimit.NAME);
            all.add(now);
            Instant old = now.minus(Duration.ofMinutes(5));
            long within = all.stream().filter(old::isBefore).count();
            assertThat(count.recent()).hasSizeLessThanOrEqualTo(10);
            assertThat(count.waitsUntil().isPresent())
                    .as("%d within five minutes, seed %d", within, seed)
                    .isEqualTo(count.beyond() > 0);
            if (within >= 10) {
                assertThat(count.waitsUntil()).as("seed %d", seed).isPresent();
            }
            count.waitsUntil()
                    .ifPresent(until -> assertThat(until)
                            .isBeforeOrEqualTo(all.get(all.size() - 1).plus(FailureLimit.LONGEST_WAIT)));
        }
    }

    private static FailureCount failed(int times, Instant at, FailureCount before) {
        FailureCount count = before;
        for (int i = 0; i < times; i++) {
            count = count.afterFailure(at, FailureLimit.NAME);
        }
        return count;
    }
}
