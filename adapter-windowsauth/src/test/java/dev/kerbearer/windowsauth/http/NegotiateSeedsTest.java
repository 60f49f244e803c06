package dev.kerbearer.windowsauth.http;

import dev.kerbearer.domain.Seeds;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of {@code NegotiateFuzz}, without a fuzzer. */
class NegotiateSeedsTest {

    static List<Named<byte[]>> seeds() {
        return Seeds.of(NegotiateSeedsTest.class, "NegotiateFuzz");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingHolds(byte[] input) {
        AnyNegotiateHeader.check(input);
    }
}
