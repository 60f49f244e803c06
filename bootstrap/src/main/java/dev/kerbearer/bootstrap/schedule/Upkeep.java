package dev.kerbearer.bootstrap.schedule;

import dev.kerbearer.bootstrap.config.KerbearerConfig;

import java.time.Duration;

/** How often a node forgets what is over, and looks at the signing keys. */
public final class Upkeep {

    /** For schedules: the value of {@link KerbearerConfig#upkeepInterval()}. */
    static final String INTERVAL = "{kerbearer.upkeep-interval}";

    /** What the scheduler can tell apart. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** What a reuse leeway needed is gone, and a signing key is taken up, within a minute. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Upkeep() {}

    /** @throws IllegalArgumentException where the interval is out of bounds; the message names the key */
    public static void check(KerbearerConfig config) {
        Duration interval = config.upkeepInterval();
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "kerbearer.upkeep-interval is " + interval + "; it can be 1 second to 1 minute");
        }
    }
}
