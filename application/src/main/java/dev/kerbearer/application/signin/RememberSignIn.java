package dev.kerbearer.application.signin;

import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.port.FailedSignIns;
import java.time.InstantSource;

/**
 * Remembers from where a name signs in with its password, so that the guesses of others don't lock it out there. Not before
 * all of the sign-in is checked: a password that is right is not enough, since somebody may be passing it on.
 */
public final class RememberSignIn {

    private final FailedSignIns failedSignIns;
    private final InstantSource clock;

    /**
     * @param failedSignIns knows from where names sign in
     * @param clock tells when
     */
    public RememberSignIn(FailedSignIns failedSignIns, InstantSource clock) {
        this.failedSignIns = failedSignIns;
        this.clock = clock;
    }

    /**
     * Remembers it, once a day.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where it cannot be remembered
     */
    public void remember(Attempt attempt) {
        if (failedSignIns.standing(attempt).isToBeRememberedAt(clock.instant())) {
            failedSignIns.signedIn(attempt, clock.instant());
        }
    }
}
