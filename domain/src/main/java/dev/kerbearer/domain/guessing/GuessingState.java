package dev.kerbearer.domain.guessing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How it stands with an attempt before it is made.
 *
 * @param lastSignIn when the name last signed in there, where that is remembered
 * @param nameWaitsUntil when the name may be tried again, counted of everybody elsewhere
 * @param nameFromThereWaitsUntil when it may be tried again there, where it has signed in there
 * @param addressWaitsUntil when anything may be tried again there
 */
public record GuessingState(
        Optional<Instant> lastSignIn,
        Optional<Instant> nameWaitsUntil,
        Optional<Instant> nameFromThereWaitsUntil,
        Optional<Instant> addressWaitsUntil) {

    private static final Duration REMEMBERED_ANEW_AFTER = Duration.ofDays(1);

    /** Whether the name has signed in there of late, so that the guesses of others don't lock it out there. */
    public boolean isKnownThereAt(Instant at) {
        return lastSignIn.filter(at.minus(FailureLimit.ADDRESS_KEPT)::isBefore).isPresent();
    }

    /** Whether it is to be remembered that the name signs in there: not each time. */
    public boolean isToBeRememberedAt(Instant at) {
        return lastSignIn.filter(at.minus(REMEMBERED_ANEW_AFTER)::isBefore).isEmpty();
    }

    /** How long the attempt has to wait; empty where it has not. */
    public Optional<Duration> waitAt(Instant at) {
        Optional<Instant> ofName = isKnownThereAt(at) ? nameFromThereWaitsUntil : nameWaitsUntil;
        return Stream.of(ofName, addressWaitsUntil)
                .flatMap(Optional::stream)
                .filter(at::isBefore)
                .max(Instant::compareTo)
                .map(until -> Duration.between(at, until));
    }
}
