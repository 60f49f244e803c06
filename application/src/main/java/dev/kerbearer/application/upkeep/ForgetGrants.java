package dev.kerbearer.application.upkeep;

import dev.kerbearer.domain.port.GrantRecords;
import dev.kerbearer.domain.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Forgets grants that have been over for as long as they are kept for those who ask what happened. */
public final class ForgetGrants {

    private static final int BATCH = 1000;

    /** So that a call comes to its end, however many there are; what is left over is the next call's. */
    private static final int MOST_BATCHES = 50;

    private final Supplier<Settings> settings;
    private final GrantRecords records;
    private final Duration retention;
    private final InstantSource clock;

    /**
     * @param settings the system's settings as they are now
     * @param records the grants that are kept
     * @param retention how long a grant is kept after its end
     * @param clock tells which have been over for so long
     * @throws IllegalArgumentException where the retention is negative
     */
    public ForgetGrants(Supplier<Settings> settings, GrantRecords records, Duration retention, InstantSource clock) {
        if (retention.isNegative()) {
            throw new IllegalArgumentException("a retention is not negative, as " + retention + " is");
        }
        this.settings = settings;
        this.records = records;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Forgets them in small transactions, oldest first.
     *
     * @return how many
     * @throws dev.kerbearer.domain.port.Unavailable where nothing can be changed now
     */
    public int forget() {
        Instant over = clock.instant().minus(retention);
        Optional<Instant> expired = settings.get().unusedExpiry().map(over::minus);
        int forgotten = 0;
        for (int i = 0; i < MOST_BATCHES; i++) {
            int batch = records.forget(over, expired, BATCH);
            if (batch == 0) {
                break;
            }
            forgotten += batch;
        }
        return forgotten;
    }
}
