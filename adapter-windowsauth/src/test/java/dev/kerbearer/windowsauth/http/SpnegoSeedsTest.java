package dev.kerbearer.windowsauth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.Seeds;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of {@code SpnegoFuzz}, without a fuzzer. */
class SpnegoSeedsTest {

    static List<Named<byte[]>> seeds() {
        return Seeds.of(SpnegoSeedsTest.class, "SpnegoFuzz");
    }

    static List<Named<byte[]>> exchanges() {
        return seeds().stream()
                .filter(seed -> seed.getName().startsWith("exchange-"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingHolds(byte[] input) {
        AnySpnegoTokens.check(input);
    }

    /** So that the fuzzer begins where everything is right, and real clients are answered as they were. */
    @ParameterizedTest
    @MethodSource("exchanges")
    void whatRealClientsSentSignsThemIn(byte[] input) {
        assertThat(AnySpnegoTokens.lastStep(input)).isInstanceOf(SignInStep.Established.class);
    }
}
