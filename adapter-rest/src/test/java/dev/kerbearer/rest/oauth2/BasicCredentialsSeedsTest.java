package dev.kerbearer.rest.oauth2;

import dev.kerbearer.domain.Seeds;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of {@code BasicCredentialsFuzz}, without a fuzzer. */
class BasicCredentialsSeedsTest {

    static List<Named<byte[]>> seeds() {
        return Seeds.of(BasicCredentialsSeedsTest.class, "BasicCredentialsFuzz");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingHolds(byte[] input) {
        AnyBasicHeader.check(input);
    }
}
