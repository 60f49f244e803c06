package dev.kerbearer.windowsauth.http;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignIn;
import java.util.function.Supplier;

/** The result of one {@code Authorization} header of any mechanism. */
sealed interface SignInStep {

    /** The client must continue with this token. */
    @SuppressWarnings("ArrayRecordComponent") // Steps are not compared.
    record Continue(byte[] token) implements SignInStep {}

    /** The user is signed in, and is known. */
    record Established(SignIn signIn) implements SignInStep {}

    /** The user is not signed in. */
    record Failed(RefusedException refused) implements SignInStep {

        static Failed of(String why, Detail detail) {
            return of(why, detail, Parties.UNKNOWN);
        }

        static Failed of(String why, Detail detail, Parties parties) {
            return of(Refusal.signInFailed(why, detail), parties);
        }

        static Failed of(Refusal refusal, Parties parties) {
            return new Failed(refusal.asException().concerning(parties));
        }

        Refusal refusal() {
            return refused.refusal();
        }
    }

    /** Takes a step. If it throws a refusal, as use cases do, it has failed. */
    static SignInStep taken(Supplier<SignInStep> step) {
        try {
            return step.get();
        } catch (RefusedException refused) {
            return new Failed(refused);
        }
    }
}
