package dev.kerbearer.bootstrap.schedule;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import java.time.Duration;

/** How often a node deletes expired data and checks the signing keys. */
public final class Upkeep {

    /** For schedules: the value of {@link KerbearerConfig#upkeepInterval()}. */
    static final String INTERVAL = "{kerbearer.upkeep-interval}";

    /** The shortest interval that the scheduler supports. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The data of a reuse leeway must be deleted, and a new signing key loaded, within a minute. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Upkeep() {}

    /**
     * Checks the interval.
     *
     * @throws IllegalArgumentException if the interval is out of bounds; the message names the key
     */
    public static void check(KerbearerConfig config) {
        Duration interval = config.upkeepInterval();
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "kerbearer.upkeep-interval is " + interval + "; it must be 1 second to 1 minute");
        }
    }
}
