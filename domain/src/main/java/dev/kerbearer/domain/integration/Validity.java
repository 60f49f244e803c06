package dev.kerbearer.domain.integration;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * A lifetime of a token or grant.
 *
 * @param duration whole seconds, 1 second to 10 years
 */
public record Validity(Duration duration) implements Comparable<Validity> {

    /** The longest validity: 10 years of 365 days. */
    public static final Duration MAX = Duration.ofDays(3650);

    /**
     * @throws IllegalArgumentException if the duration is outside these bounds or has a fraction of a second
     */
    public Validity {
        boolean inBounds = duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(MAX) <= 0;
        if (!inBounds || !duration.equals(duration.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException(
                    "a validity is 1 to " + MAX.toSeconds() + " whole seconds (10 years), not " + duration);
        }
    }

    /** Returns a validity of the given number of seconds. */
    public static Validity ofSeconds(long seconds) {
        return new Validity(Duration.ofSeconds(seconds));
    }

    /** Returns the duration in seconds. */
    public long toSeconds() {
        return duration.toSeconds();
    }

    @Override
    public int compareTo(Validity other) {
        return duration.compareTo(other.duration);
    }

    @Override
    public String toString() {
        return duration.toString();
    }
}
