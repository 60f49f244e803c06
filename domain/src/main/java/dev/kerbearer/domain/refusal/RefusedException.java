package dev.kerbearer.domain.refusal;

import java.io.Serial;

/** Carries a {@link Refusal} out of a decision. */
public final class RefusedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        // A refusal is an answer, not a fault. Nobody reads its stack trace, and creating the trace costs more than the
        // decision.
        super(refusal.description(), null, false, false);
        this.refusal = refusal;
    }

    /** Returns the refusal. */
    public Refusal refusal() {
        return refusal;
    }
}
