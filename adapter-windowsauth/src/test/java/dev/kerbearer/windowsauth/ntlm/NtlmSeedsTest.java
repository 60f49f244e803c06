package dev.kerbearer.windowsauth.ntlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.Seeds;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor.Outcome;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of {@code NtlmFuzz}, without a fuzzer. */
class NtlmSeedsTest {

    static List<Named<byte[]>> seeds() {
        return Seeds.of(NtlmSeedsTest.class, "NtlmFuzz");
    }

    static List<Named<byte[]>> handshakes() {
        return seeds().stream()
                .filter(seed -> seed.getName().startsWith("handshake-"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingHolds(byte[] input) {
        AnyNtlmMessages.check(input);
    }

    /** The fuzzer starts from valid input, and recorded clients still get the same answer. */
    @ParameterizedTest
    @MethodSource("handshakes")
    void recordedAnswersOfRealClientsAreAccepted(byte[] input) {
        assertThat(AnyNtlmMessages.outcome(input)).containsInstanceOf(Outcome.Accepted.class);
    }
}
