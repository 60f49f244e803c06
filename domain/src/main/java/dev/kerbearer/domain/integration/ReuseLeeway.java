package dev.kerbearer.domain.integration;

import java.time.Duration;

/**
 * How long after its replacement a refresh token still gets the same answer instead of ending its grant.
 *
 * @param duration 0 to 5 minutes; 0 turns it off
 */
public record ReuseLeeway(Duration duration) {

    /** The longest leeway. */
    public static final Duration MAX = Duration.ofMinutes(5);

    /**
     * @throws IllegalArgumentException if the duration is outside these bounds
     */
    public ReuseLeeway {
        if (duration.isNegative() || duration.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    "a reuse leeway is 0 to " + MAX.toSeconds() + " seconds, not " + duration);
        }
    }

    /** Returns a leeway of the given number of seconds. */
    public static ReuseLeeway ofSeconds(long seconds) {
        return new ReuseLeeway(Duration.ofSeconds(seconds));
    }
}
