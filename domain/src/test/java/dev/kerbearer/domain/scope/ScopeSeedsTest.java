package dev.kerbearer.domain.scope;

import dev.kerbearer.domain.Seeds;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of {@code ScopeFuzz}, without a fuzzer. */
class ScopeSeedsTest {

    static List<Named<byte[]>> seeds() {
        return Seeds.of(ScopeSeedsTest.class, "ScopeFuzz");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingHolds(byte[] input) {
        AnyScopeText.check(input);
    }
}
