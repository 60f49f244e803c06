package dev.kerbearer.domain.guessing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state of an attempt before it is made.
 *
 * @param lastSignIn when the name last signed in from this address, if that is remembered
 * @param nameWaitsUntil the end of the wait for the name, caused by failures at addresses where the name is not known
 * @param nameFromThereWaitsUntil the end of the wait for the name at this address, if the name has signed in from there
 * @param addressWaitsUntil the end of the wait for every name at this address
 */
public record GuessingState(
        Optional<Instant> lastSignIn,
        Optional<Instant> nameWaitsUntil,
        Optional<Instant> nameFromThereWaitsUntil,
        Optional<Instant> addressWaitsUntil) {

    private static final Duration REMEMBERED_ANEW_AFTER = Duration.ofDays(1);

    /**
     * Returns whether the name has recently signed in from this address. If so, guesses from elsewhere do not lock the
     * name out at this address.
     */
    public boolean isKnownThereAt(Instant at) {
        return lastSignIn.filter(at.minus(FailureLimit.ADDRESS_KEPT)::isBefore).isPresent();
    }

    /** Returns whether a sign-in from this address must be stored again. Not every sign-in needs to be stored. */
    public boolean isToBeRememberedAt(Instant at) {
        return lastSignIn.filter(at.minus(REMEMBERED_ANEW_AFTER)::isBefore).isEmpty();
    }

    /** Returns how long the attempt has to wait; empty if it need not wait. */
    public Optional<Duration> waitAt(Instant at) {
        Optional<Instant> ofName = isKnownThereAt(at) ? nameFromThereWaitsUntil : nameWaitsUntil;
        return Stream.of(ofName, addressWaitsUntil)
                .flatMap(Optional::stream)
                .filter(at::isBefore)
                .max(Instant::compareTo)
                .map(until -> Duration.between(at, until));
    }
}
