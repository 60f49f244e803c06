package dev.kerbearer.application.signin;

import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.GuessingState;
import dev.kerbearer.domain.port.FailedSignIns;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Lets nobody try one password after another. Whoever has to wait is not told whether his password would have been right,
 * nor whether there is anybody of that name.
 */
public final class SlowDownGuessing {

    private final FailedSignIns failedSignIns;
    private final InstantSource clock;

    /**
     * @param failedSignIns are counted there
     * @param clock tells when
     */
    public SlowDownGuessing(FailedSignIns failedSignIns, InstantSource clock) {
        this.failedSignIns = failedSignIns;
        this.clock = clock;
    }

    /**
     * Checks a password, unless the attempt has to wait.
     *
     * @param check what is done to check it
     * @param isRight whether that found it right
     * @return what it found
     * @throws RefusedException where the attempt has to wait
     * @throws dev.kerbearer.domain.port.Unavailable where nothing can be counted, or the check cannot be made
     */
    public <T> T attempt(Attempt attempt, Supplier<T> check, Predicate<T> isRight) {
        GuessingState before = failedSignIns.standing(attempt);
        whoWaitsIsNotHeard(before, attempt);
        T found = check.get();
        if (isRight.test(found)) {
            // Whoever tries a hundred passwords at once hears no more than whoever tries one after another.
            whoWaitsIsNotHeard(failedSignIns.standing(attempt), attempt);
        } else {
            wrong(attempt, before);
        }
        return found;
    }

    private void wrong(Attempt attempt, GuessingState before) {
        GuessingState meanwhile = failedSignIns.failed(attempt, before.isKnownThereAt(clock.instant()), clock.instant());
        whoWaitsIsNotHeard(meanwhile, attempt);
    }

    private void whoWaitsIsNotHeard(GuessingState standing, Attempt attempt) {
        standing.waitAt(clock.instant()).ifPresent(wait -> {
            Detail who = new Detail("signing in as " + attempt.nameForLog() + " at " + attempt.from());
            throw Refusal.tooManyFailedSignIns(wait, who).asException();
        });
    }
}
