package dev.kerbearer.application.upkeep;

import dev.kerbearer.domain.port.FailedSignIns;
import java.time.InstantSource;

/** Forgets failed sign-ins that slow nobody down any more, and from where nobody has signed in for long. */
public final class ForgetFailedSignIns {

    private static final int BATCH = 1000;

    /** So that it ends, however many come meanwhile. */
    private static final int MOST_BATCHES = 1000;

    private final FailedSignIns failedSignIns;
    private final InstantSource clock;

    /**
     * @param failedSignIns that are kept
     * @param clock tells which are over
     */
    public ForgetFailedSignIns(FailedSignIns failedSignIns, InstantSource clock) {
        this.failedSignIns = failedSignIns;
        this.clock = clock;
    }

    /**
     * Forgets them in small transactions.
     *
     * @return how many
     * @throws dev.kerbearer.domain.port.Unavailable where nothing can be changed now
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
