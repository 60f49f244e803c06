package dev.kerbearer.rest.edge.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.audit.Origin.Method;
import dev.kerbearer.domain.refusal.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OutcomeMetrics metrics = new OutcomeMetrics(registry);

    private List<String> series() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getName() + id.getTags())
                .sorted()
                .toList();
    }

    private double signIns(String method, String outcome) {
        return registry.get("kerbearer.sign.ins")
                .tags("method", method, "outcome", outcome)
                .counter()
                .count();
    }

    private double refusals(Cause cause) {
        return registry.get("kerbearer.refusals")
                .tag("reason", cause.label())
                .counter()
                .count();
    }

    @Test
    void allSeriesAreThereFromTheStartWithZero() {
        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(((Counter) meter).count())
                        .as("%s", meter.getId())
                        .isZero());
        assertThat(registry.get("kerbearer.sign.ins").counters()).hasSize(2 * SignInOutcome.values().length);
        assertThat(registry.get("kerbearer.refusals").counters()).hasSize(Cause.values().length - 1);
    }

    @Test
    void callsAddNoSeries() {
        List<String> before = series();
        Stream.of(Cause.values()).forEach(metrics::refused);
        for (SignInOutcome outcome : SignInOutcome.values()) {
            metrics.signIn(Method.KERBEROS, outcome);
            metrics.signIn(Method.NTLM, outcome);
        }
        assertThat(series()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CHALLENGE")
    void aRefusalIsCountedUnderItsReasonOnly(Cause cause) {
        metrics.refused(cause);
        assertThat(registry.get("kerbearer.refusals").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum())
                .isEqualTo(1);
        assertThat(refusals(cause)).isEqualTo(1);
    }

    /** Every sign-in of curl begins with a challenge. */
    @Test
    void aChallengeIsNoRefusal() {
        metrics.refused(Cause.CHALLENGE);
        assertThat(registry.get("kerbearer.refusals").counters())
                .extracting(Counter::count)
                .containsOnly(0.0);
        assertThat(SignInOutcome.of(Cause.CHALLENGE)).isEmpty();
    }

    @Test
    void aSignInIsCountedByMethodAndOutcome() {
        metrics.signIn(Method.NTLM, SignInOutcome.FAILED);
        assertThat(signIns("ntlm", "failed")).isEqualTo(1);
        assertThat(signIns("kerberos", "failed")).isZero();
        assertThat(signIns("ntlm", "granted")).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CHALLENGE")
    void everyRefusedSignInHasAnOutcomeAndNeverAGrant(Cause cause) {
        assertThat(SignInOutcome.of(cause))
                .hasValueSatisfying(outcome -> assertThat(outcome).isNotEqualTo(SignInOutcome.GRANTED));
    }
}
