package dev.kerbearer.rest.edge.outcome;

import dev.kerbearer.domain.audit.Origin.Method;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.signin.SignIn;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the outcomes of calls. If the configuration says so, it also logs successful sign-ins. Each call has a
 * reference to this object.
 */
public final class Outcomes {

    private static final Logger SIGN_INS = Logger.getLogger("dev.kerbearer.sign-ins");

    private static final String KEY = Outcomes.class.getName();

    private final OutcomeMetrics metrics;
    private final boolean logsSignIns;

    /**
     * @param registry shows the metrics
     * @param logsSignIns whether sign-ins that get a grant are logged
     */
    public Outcomes(MeterRegistry registry, boolean logsSignIns) {
        this.metrics = new OutcomeMetrics(registry);
        this.logsSignIns = logsSignIns;
    }

    /**
     * Stores this object in the call, so that its outcome will be counted. Returns false if the call already has one.
     */
    public boolean follow(RoutingContext context) {
        if (context.get(KEY) != null) {
            return false;
        }
        context.put(KEY, this);
        return true;
    }

    /** Counts a refused call. */
    public static void refused(RoutingContext context, Refusal refusal) {
        @Nullable Outcomes outcomes = context.get(KEY);
        if (outcomes != null) {
            outcomes.metrics.refused(refusal.cause());
        }
    }

    /**
     * Counts a refused sign-in, unless the refusal is only a challenge. Sign-in mechanisms store their method under its
     * class name.
     */
    public static void signInRefused(RoutingContext context, Refusal refusal) {
        @Nullable Outcomes outcomes = context.get(KEY);
        @Nullable Method method = context.get(Method.class.getName());
        if (outcomes != null && method != null) {
            SignInOutcome.of(refusal.cause()).ifPresent(outcome -> outcomes.metrics.signIn(method, outcome));
        }
    }

    /** Counts a sign-in that got a grant, and logs it if the configuration says so. */
    public static void granted(RoutingContext context, SignIn signIn, Grant grant) {
        @Nullable Outcomes outcomes = context.get(KEY);
        if (outcomes == null) {
            return;
        }
        outcomes.metrics.signIn(signIn.origin().method(), SignInOutcome.GRANTED);
        if (outcomes.logsSignIns) {
            Parties parties = new Parties(
                    Optional.of(nameOf(signIn)), Optional.of(grant.client().value()));
            CallLog.write(
                    SIGN_INS,
                    Logger.Level.INFO,
                    context,
                    parties,
                    "Signed in by " + signIn.origin().method().label() + ", grant " + grant.id());
        }
    }

    /** Returns the name and the identity of the user who signed in, for a log line. */
    public static String nameOf(SignIn signIn) {
        return signIn.caller().name() + ", " + signIn.caller().identity();
    }
}
