package dev.kerbearer.application.upkeep;

import dev.kerbearer.domain.port.GrantRecords;
import dev.kerbearer.domain.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Deletes grants whose retention after their end is over. */
public final class ForgetGrants {

    private static final int BATCH = 1000;

    /** Ends the run even if grants remain; the next run deletes them. */
    private static final int MOST_BATCHES = 50;

    private final Supplier<Settings> settings;
    private final GrantRecords records;
    private final Duration retention;
    private final InstantSource clock;

    /**
     * @param settings the current system settings
     * @param records the stored grants
     * @param retention how long a grant is kept after its end
     * @param clock decides which retention is over
     * @throws IllegalArgumentException if the retention is negative
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
     * Deletes them in small transactions, oldest first.
     *
     * @return how many were deleted
     * @throws dev.kerbearer.domain.port.Unavailable if nothing can be changed now
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
