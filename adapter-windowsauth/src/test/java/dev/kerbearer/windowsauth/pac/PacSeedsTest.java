package dev.kerbearer.windowsauth.pac;

import dev.kerbearer.domain.Seeds;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of {@code PacFuzz}, without a fuzzer. */
class PacSeedsTest {

    static List<Named<byte[]>> seeds() {
        return Seeds.of(PacSeedsTest.class, "PacFuzz");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingHolds(byte[] input) {
        AnyPac.check(input);
    }
}
