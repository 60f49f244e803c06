package dev.kerbearer.application.signin;

import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.port.FailedSignIns;
import java.time.InstantSource;

/**
 * Remembers the address from which a name signs in with its password, so that guesses from elsewhere do not lock the
 * name out at this address. It runs only after the whole sign-in is checked. A correct password is not enough, because
 * somebody may be relaying the sign-in.
 */
public final class RememberSignIn {

    private final FailedSignIns failedSignIns;
    private final InstantSource clock;

    /**
     * @param failedSignIns stores the addresses of sign-ins
     * @param clock sets their time
     */
    public RememberSignIn(FailedSignIns failedSignIns, InstantSource clock) {
        this.failedSignIns = failedSignIns;
        this.clock = clock;
    }

    /**
     * Remembers the address, at most once a day.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if it cannot be stored
     */
    public void remember(Attempt attempt) {
        if (failedSignIns.state(attempt).isToBeRememberedAt(clock.instant())) {
            failedSignIns.signedIn(attempt, clock.instant());
        }
    }
}
