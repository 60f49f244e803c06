package dev.kerbearer.domain.guessing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The failures of one name or address.
 *
 * @param recent the times of failures, newest first; never more times than the limit
 * @param beyond how many failures in a row were beyond the limit
 * @param waitsUntil the end of the current or last wait, if there was one
 */
public record FailureCount(List<Instant> recent, int beyond, Optional<Instant> waitsUntil) {

    /** No failures. */
    public static final FailureCount NONE = new FailureCount(List.of(), 0, Optional.empty());

    /** Copies the list. */
    public FailureCount {
        recent = List.copyOf(recent);
    }

    /**
     * Counts one more failure. A failure after a wait causes a longer wait. The series of failures ends if no failure
     * follows within {@link FailureLimit#WITHIN} after the wait.
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
