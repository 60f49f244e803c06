package dev.kerbearer.bootstrap.schedule;

import dev.kerbearer.application.upkeep.ForgetSignIns;
import dev.kerbearer.domain.port.Unavailable;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Periodically deletes old sign-ins, outside of requests. */
@Singleton
final class OldSignIns {

    private static final Logger LOG = Logger.getLogger(OldSignIns.class);

    private final ForgetSignIns forgetSignIns;

    OldSignIns(ForgetSignIns forgetSignIns) {
        this.forgetSignIns = forgetSignIns;
    }

    @Scheduled(
            every = Upkeep.INTERVAL,
            delayed = Upkeep.INTERVAL,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        try {
            LOG.debugf("%d old sign-ins are forgotten", forgetSignIns.forget());
        } catch (Unavailable away) {
            LOG.warnf("Old sign-ins are kept for now: %s", away.getMessage());
        }
    }
}
