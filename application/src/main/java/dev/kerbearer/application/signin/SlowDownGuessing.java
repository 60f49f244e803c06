package dev.kerbearer.application.signin;

import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.GuessingState;
import dev.kerbearer.domain.port.FailedSignIns;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Slows down password guessing. A caller that has to wait does not learn whether the password is correct, nor whether
 * the name exists.
 */
public final class SlowDownGuessing {

    private final FailedSignIns failedSignIns;
    private final InstantSource clock;

    /**
     * @param failedSignIns counts failures
     * @param clock sets their time
     */
    public SlowDownGuessing(FailedSignIns failedSignIns, InstantSource clock) {
        this.failedSignIns = failedSignIns;
        this.clock = clock;
    }

    /**
     * Checks a password, unless the attempt has to wait.
     *
     * @param check the password check
     * @param isRight whether a result of the check means a correct password
     * @return the result of the check
     * @throws RefusedException if the attempt has to wait
     * @throws dev.kerbearer.domain.port.Unavailable if nothing can be counted, or the check cannot be made
     */
    public <T> T attempt(Attempt attempt, Supplier<T> check, Predicate<T> isRight) {
        GuessingState before = failedSignIns.state(attempt);
        refuseIfMustWait(before, attempt);
        T found = check.get();
        if (isRight.test(found)) {
            // A caller that tries a hundred passwords at once must learn no more than a caller that tries them in
            // sequence.
            refuseIfMustWait(failedSignIns.state(attempt), attempt);
        } else {
            wrong(attempt, before);
        }
        return found;
    }

    private void wrong(Attempt attempt, GuessingState before) {
        GuessingState meanwhile =
                failedSignIns.failed(attempt, before.isKnownThereAt(clock.instant()), clock.instant());
        refuseIfMustWait(meanwhile, attempt);
    }

    private void refuseIfMustWait(GuessingState state, Attempt attempt) {
        state.waitAt(clock.instant()).ifPresent(wait -> {
            Detail who = new Detail("signing in as " + attempt.nameForLog() + " at " + attempt.from());
            throw Refusal.tooManyFailedSignIns(wait, who).asException().concerning(Parties.user(attempt.nameForLog()));
        });
    }
}
