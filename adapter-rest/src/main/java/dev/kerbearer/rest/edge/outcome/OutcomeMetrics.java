package dev.kerbearer.rest.edge.outcome;

import dev.kerbearer.domain.audit.Origin.Method;
import dev.kerbearer.domain.refusal.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of sign-ins and refusals, at {@code /q/metrics}. All series exist from the start. Their labels are fixed, so
 * callers cannot add any.
 */
final class OutcomeMetrics {

    private static final Set<Method> SIGN_IN_METHODS = Set.of(Method.KERBEROS, Method.NTLM);

    private final Map<Method, Map<SignInOutcome, Counter>> signIns = new HashMap<>();
    private final Map<Cause, Counter> refusals = new EnumMap<>(Cause.class);

    OutcomeMetrics(MeterRegistry registry) {
        for (Method method : SIGN_IN_METHODS) {
            Map<SignInOutcome, Counter> byOutcome = new EnumMap<>(SignInOutcome.class);
            for (SignInOutcome outcome : SignInOutcome.values()) {
                byOutcome.put(
                        outcome,
                        Counter.builder("kerbearer.sign.ins")
                                .description("Sign-ins by method and outcome")
                                .tag("method", method.label())
                                .tag("outcome", outcome.label())
                                .register(registry));
            }
            signIns.put(method, byOutcome);
        }
        for (Cause cause : Cause.values()) {
            if (cause != Cause.CHALLENGE) {
                refusals.put(
                        cause,
                        Counter.builder("kerbearer.refusals")
                                .description("Refused calls by reason")
                                .tag("reason", cause.label())
                                .register(registry));
            }
        }
    }

    void signIn(Method method, SignInOutcome outcome) {
        // The own sign-in method of another program has no series here.
        @Nullable Map<SignInOutcome, Counter> ofMethod = signIns.get(method);
        if (ofMethod != null) {
            Objects.requireNonNull(ofMethod.get(outcome)).increment();
        }
    }

    /** Counts a refusal. A challenge is a normal part of a sign-in and is not counted. */
    void refused(Cause cause) {
        if (cause != Cause.CHALLENGE) {
            Objects.requireNonNull(refusals.get(cause)).increment();
        }
    }
}
