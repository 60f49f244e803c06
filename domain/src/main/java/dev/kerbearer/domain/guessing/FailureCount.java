package dev.kerbearer.domain.guessing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is counted of one name or address.
 *
 * @param recent when it failed, newest first; never more than the limit
 * @param beyond how many failures there were too many, in a row
 * @param waitsUntil when it may be tried again, where it has to wait or had to
 */
public record FailureCount(List<Instant> recent, int beyond, Optional<Instant> waitsUntil) {

    /** Nothing. */
    public static final FailureCount NONE = new FailureCount(List.of(), 0, Optional.empty());

    /** Copies the list. */
    public FailureCount {
        recent = List.copyOf(recent);
    }

    /**
     * Counts one more. Whoever goes on once his wait is over waits longer; the row ends where he leaves off for as long as
     * failures count.
     */
    public FailureCount afterFailure(Instant at, FailureLimit limit) {
        Instant old = at.minus(FailureLimit.WITHIN);
        List<Instant> failures = Stream.concat(Stream.of(at), recent.stream().filter(old::isBefore))
                .limit(limit.failures())
                .toList();
        boolean past = failures.size() == limit.failures();
        boolean goesOn = waitsUntil.filter(old::isBefore).isPresent() && (past || limit.isKeptWaitingByOne());
        int tooMany = goesOn ? beyond + 1 : past ? 1 : 0;
        return new FailureCount(
                failures,
                tooMany,
                tooMany == 0 ? Optional.empty() : Optional.of(at.plus(FailureLimit.waitAfter(tooMany))));
    }
}
