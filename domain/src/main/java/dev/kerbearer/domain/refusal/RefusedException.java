package dev.kerbearer.domain.refusal;

import java.io.Serial;

/** Carries a {@link Refusal} out of a decision, with the {@link Parties} that the decision knows. */
public final class RefusedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;
    private final transient Parties parties;

    RefusedException(Refusal refusal, Parties parties) {
        // A refusal is an answer, not a fault. Nobody reads its stack trace, and creating the trace costs more than the
        // decision.
        super(refusal.description(), null, false, false);
        this.refusal = refusal;
        this.parties = parties;
    }

    /** Returns the refusal. */
    public Refusal refusal() {
        return refusal;
    }

    /** Returns whom the call concerns. */
    public Parties parties() {
        return parties;
    }

    /** Returns the same refusal, which also names those of these parties that it does not name yet. */
    public RefusedException concerning(Parties more) {
        return new RefusedException(refusal, parties.or(more));
    }
}
