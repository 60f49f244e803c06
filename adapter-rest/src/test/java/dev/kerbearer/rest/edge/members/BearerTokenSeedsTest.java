package dev.kerbearer.rest.edge.members;

import dev.kerbearer.domain.Seeds;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of {@code BearerTokenFuzz}, without a fuzzer. */
class BearerTokenSeedsTest {

    static List<Named<byte[]>> seeds() {
        return Seeds.of(BearerTokenSeedsTest.class, "BearerTokenFuzz");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingHolds(byte[] input) {
        AnyBearerHeader.check(input);
    }
}
