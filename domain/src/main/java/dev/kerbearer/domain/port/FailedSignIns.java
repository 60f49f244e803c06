package dev.kerbearer.domain.port;

import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.GuessingState;
import java.time.Instant;

/** Failed sign-ins with passwords, counted across all nodes; and from where each name has signed in. */
public interface FailedSignIns {

    /**
     * How it stands with an attempt.
     *
     * @throws Unavailable where it cannot be read
     */
    GuessingState standing(Attempt attempt);

    /**
     * Counts a failure: of the address, and of the name; where it is known there, of the name from there only.
     *
     * @param knownThere whether the name has signed in there of late
     * @return how it stood right before
     * @throws Unavailable where it cannot be counted
     */
    GuessingState failed(Attempt attempt, boolean knownThere, Instant at);

    /**
     * Remembers that the name signed in there.
     *
     * @throws Unavailable where it cannot be stored
     */
    void signedIn(Attempt attempt, Instant at);

    /**
     * Forgets what is over: counts, and addresses from where nobody has signed in for long. Of counts it keeps the newest
     * only, where there are too many.
     *
     * @param atMost how many in this one transaction
     * @return how many were forgotten
     * @throws Unavailable where nothing can be changed
     */
    int forget(Instant at, int atMost);
}
