package dev.kerbearer.domain.guessing;

import static dev.kerbearer.domain.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuessingStateTest {

    private static final Optional<Instant> NEVER = Optional.empty();

    @Test
    void atAnUnknownAddressTheWaitOfTheNameCounts() {
        assertThat(new GuessingState(NEVER, in(10), in(20), NEVER).waitAt(NOW)).hasValue(Duration.ofSeconds(10));
    }

    @Test
    void atAKnownAddressOnlyTheFailuresFromThatAddressCount() {
        assertThat(new GuessingState(in(-60), in(10), NEVER, NEVER).waitAt(NOW)).isEmpty();
        assertThat(new GuessingState(in(-60), in(10), in(20), NEVER).waitAt(NOW))
                .hasValue(Duration.ofSeconds(20));
    }

    @Test
    void theLongerWaitCounts() {
        assertThat(new GuessingState(NEVER, in(10), NEVER, in(30)).waitAt(NOW)).hasValue(Duration.ofSeconds(30));
        assertThat(new GuessingState(in(-60), NEVER, in(40), in(30)).waitAt(NOW))
                .hasValue(Duration.ofSeconds(40));
    }

    @Test
    void aWaitThatIsOverDoesNotCount() {
        assertThat(new GuessingState(NEVER, in(0), in(-1), in(-5)).waitAt(NOW)).isEmpty();
    }

    @Test
    void anAddressIsKnownForThirtyDays() {
        long days30 = Duration.ofDays(30).toSeconds();
        assertThat(knownSince(1 - days30).isKnownThereAt(NOW)).isTrue();
        assertThat(knownSince(-days30).isKnownThereAt(NOW)).isFalse();
    }

    @Test
    void aSignInIsRememberedOnceADay() {
        assertThat(new GuessingState(NEVER, NEVER, NEVER, NEVER).isToBeRememberedAt(NOW))
                .isTrue();
        long day = Duration.ofDays(1).toSeconds();
        assertThat(knownSince(1 - day).isToBeRememberedAt(NOW)).isFalse();
        assertThat(knownSince(-day).isToBeRememberedAt(NOW)).isTrue();
    }

    private static GuessingState knownSince(long seconds) {
        return new GuessingState(in(seconds), NEVER, NEVER, NEVER);
    }

    private static Optional<Instant> in(long seconds) {
        return Optional.of(NOW.plusSeconds(seconds));
    }
}
