package dev.kerbearer.application.upkeep;

import static dev.kerbearer.domain.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.GuessingState;
import dev.kerbearer.domain.port.FailedSignIns;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForgetFailedSignInsTest {

    private final Deque<Integer> batches = new ArrayDeque<>();
    private int forgottenInVain;

    private final FailedSignIns failedSignIns = new FailedSignIns() {
        @Override
        public GuessingState standing(Attempt attempt) {
            throw new AssertionError("nobody signs in here");
        }

        @Override
        public GuessingState failed(Attempt attempt, boolean knownThere, Instant at) {
            throw new AssertionError("nobody signs in here");
        }

        @Override
        public void signedIn(Attempt attempt, Instant at) {
            throw new AssertionError("nobody signs in here");
        }

        @Override
        public int forget(Instant at, int atMost) {
            assertThat(at).isEqualTo(NOW);
            assertThat(atMost).isPositive();
            if (batches.isEmpty()) {
                forgottenInVain++;
                return 0;
            }
            return batches.remove();
        }
    };

    private int forget() {
        return new ForgetFailedSignIns(failedSignIns, InstantSource.fixed(NOW)).forget();
    }

    @Test
    void batchAfterBatchIsForgottenUntilThereIsNoMore() {
        batches.addAll(List.of(500, 500, 7));
        assertThat(forget()).isEqualTo(1007);
        assertThat(forgottenInVain).isOne();
    }

    @Test
    void itEndsHoweverManyComeMeanwhile() {
        for (int i = 0; i < 5000; i++) {
            batches.add(1);
        }
        assertThat(forget()).isEqualTo(1000);
    }
}
