package dev.kerbearer.bootstrap.schedule;

import dev.kerbearer.application.upkeep.ForgetExpired;
import dev.kerbearer.domain.port.Unavailable;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Periodically deletes expired records, outside of requests. */
@Singleton
final class OldRecords {

    private static final Logger LOG = Logger.getLogger(OldRecords.class);

    private final ForgetExpired forgetExpired;

    OldRecords(ForgetExpired forgetExpired) {
        this.forgetExpired = forgetExpired;
    }

    /** Starts a run even while the last one is still busy, because the links must not wait for the grants. */
    @Scheduled(
            every = Upkeep.INTERVAL,
            delayed = Upkeep.INTERVAL,
            concurrentExecution = Scheduled.ConcurrentExecution.PROCEED)
    void forget() {
        forgetExpired
                .forget()
                .forEach(outcome -> outcome.failure()
                        .ifPresentOrElse(
                                failure -> report(outcome.records(), failure),
                                () -> LOG.debugf("%d old %s were deleted", outcome.forgotten(), outcome.records())));
    }

    private static void report(String records, RuntimeException failure) {
        if (failure instanceof Unavailable) {
            LOG.warnf("Old %s cannot be deleted for now: %s", records, failure.getMessage());
        } else {
            LOG.errorf(failure, "Old %s cannot be deleted for now", records);
        }
    }
}
