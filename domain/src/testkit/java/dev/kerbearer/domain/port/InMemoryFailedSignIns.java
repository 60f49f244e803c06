package dev.kerbearer.domain.port;

import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.FailureCount;
import dev.kerbearer.domain.guessing.FailureLimit;
import dev.kerbearer.domain.guessing.GuessingState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps failed sign-ins in a map. */
public final class InMemoryFailedSignIns implements FailedSignIns {

    private final Map<Sha256, FailureCount> counts = new HashMap<>();
    private final Map<Sha256, Instant> addresses = new HashMap<>();

    @Override
    public synchronized GuessingState state(Attempt attempt) {
        return new GuessingState(
                Optional.ofNullable(addresses.get(attempt.ofNameFromThere())),
                countOf(attempt.ofName()).waitsUntil(),
                countOf(attempt.ofNameFromThere()).waitsUntil(),
                countOf(attempt.ofAddress()).waitsUntil());
    }

    private FailureCount countOf(Sha256 subject) {
        return counts.getOrDefault(subject, FailureCount.NONE);
    }

    @Override
    public synchronized GuessingState failed(Attempt attempt, boolean knownThere, Instant at) {
        GuessingState before = state(attempt);
        count(knownThere ? attempt.ofNameFromThere() : attempt.ofName(), FailureLimit.NAME, at);
        count(attempt.ofAddress(), FailureLimit.ADDRESS, at);
        return before;
    }

    private void count(Sha256 subject, FailureLimit limit, Instant at) {
        counts.put(subject, countOf(subject).afterFailure(at, limit));
    }

    @Override
    public synchronized void signedIn(Attempt attempt, Instant at) {
        addresses.put(attempt.ofNameFromThere(), at);
    }

    synchronized int forget(Instant at) {
        int before = counts.size() + addresses.size();
        Instant over = at.minus(FailureLimit.KEPT);
        counts.values().removeIf(count -> !count.recent().get(0).isAfter(over));
        addresses.values().removeIf(last -> !last.isAfter(at.minus(FailureLimit.ADDRESS_KEPT)));
        return before - counts.size() - addresses.size();
    }
}
