package dev.kerbearer.rest.edge.refusal;

import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignIn;
import dev.kerbearer.rest.edge.outcome.Outcomes;
import java.io.Serial;
import java.util.Optional;

/** A complete sign-in is refused. */
public final class RefusedSignInException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient RefusedException refused;
    private final transient SignIn signIn;

    /**
     * @param refused the refusal of the sign-in
     * @param signIn the sign-in
     */
    public RefusedSignInException(RefusedException refused, SignIn signIn) {
        super(refused.getMessage(), null, false, false);
        this.refused = refused;
        this.signIn = signIn;
    }

    Refusal refusal() {
        return refused.refusal();
    }

    /** Returns the user, with name and identity, and the client of the call. */
    Parties parties() {
        return Parties.user(Outcomes.nameOf(signIn)).or(refused.parties());
    }

    /** Returns the reply that proves to the client that it reached the service it asked for. */
    Optional<String> reply() {
        return signIn.reply();
    }
}
