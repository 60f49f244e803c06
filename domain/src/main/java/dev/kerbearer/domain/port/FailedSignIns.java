package dev.kerbearer.domain.port;

import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.GuessingState;
import java.time.Instant;

/** Failed password sign-ins, counted across all nodes, and the addresses from which each name has signed in. */
public interface FailedSignIns {

    /**
     * Returns the state of an attempt.
     *
     * @throws Unavailable if it cannot be read
     */
    GuessingState state(Attempt attempt);

    /**
     * Counts a failure for the address and for the name. If the name is known at that address, the failure does not
     * count for the name everywhere, but only for the name at that address.
     *
     * @param knownThere whether the name has recently signed in from that address
     * @return the state right before this failure
     * @throws Unavailable if it cannot be counted
     */
    GuessingState failed(Attempt attempt, boolean knownThere, Instant at);

    /**
     * Remembers that the name signed in from that address.
     *
     * @throws Unavailable if it cannot be stored
     */
    void signedIn(Attempt attempt, Instant at);
}
