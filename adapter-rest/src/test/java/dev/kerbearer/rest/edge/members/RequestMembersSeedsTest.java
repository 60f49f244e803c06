package dev.kerbearer.rest.edge.members;

import dev.kerbearer.domain.Seeds;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of {@code RequestMembersFuzz}, without a fuzzer. */
class RequestMembersSeedsTest {

    static List<Named<byte[]>> seeds() {
        return Seeds.of(RequestMembersSeedsTest.class, "RequestMembersFuzz");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingHolds(byte[] input) {
        AnyRequestBody.check(input);
    }
}
