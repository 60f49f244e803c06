package dev.kerbearer.application.upkeep;

import dev.kerbearer.domain.port.FailedSignIns;
import java.time.InstantSource;

/** Deletes failed sign-ins that no longer count, and addresses without a recent sign-in. */
public final class ForgetFailedSignIns {

    private static final int BATCH = 1000;

    /** Ends the run even if new rows keep coming. */
    private static final int MOST_BATCHES = 1000;

    private final FailedSignIns failedSignIns;
    private final InstantSource clock;

    /**
     * @param failedSignIns the stored failures
     * @param clock decides which have expired
     */
    public ForgetFailedSignIns(FailedSignIns failedSignIns, InstantSource clock) {
        this.failedSignIns = failedSignIns;
        this.clock = clock;
    }

    /**
     * Deletes them in small transactions.
     *
     * @return how many were deleted
     * @throws dev.kerbearer.domain.port.Unavailable if nothing can be changed now
     */
    public int forget() {
        int forgotten = 0;
        for (int i = 0; i < MOST_BATCHES; i++) {
            int batch = failedSignIns.forget(clock.instant(), BATCH);
            if (batch == 0) {
                break;
            }
            forgotten += batch;
        }
        return forgotten;
    }
}
