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

    /** Returns the user and the client of the call, as far as they are known. */
    public Parties parties() {
        return parties;
    }

    /** Returns the same refusal, with these parties added where it has none yet. */
    public RefusedException concerning(Parties more) {
        return new RefusedException(refusal, parties.or(more));
    }
}
