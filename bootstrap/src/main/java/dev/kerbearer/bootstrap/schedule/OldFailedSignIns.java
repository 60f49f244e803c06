package dev.kerbearer.bootstrap.schedule;

import dev.kerbearer.application.upkeep.ForgetFailedSignIns;
import dev.kerbearer.domain.port.Unavailable;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Periodically deletes old failed sign-ins, outside of requests. */
@Singleton
final class OldFailedSignIns {

    private static final Logger LOG = Logger.getLogger(OldFailedSignIns.class);

    private final ForgetFailedSignIns forgetFailedSignIns;

    OldFailedSignIns(ForgetFailedSignIns forgetFailedSignIns) {
        this.forgetFailedSignIns = forgetFailedSignIns;
    }

    @Scheduled(
            every = Upkeep.INTERVAL,
            delayed = Upkeep.INTERVAL,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        try {
            LOG.debugf("%d old failed sign-ins are forgotten", forgetFailedSignIns.forget());
        } catch (Unavailable away) {
            LOG.warnf("Old failed sign-ins are kept for now: %s", away.getMessage());
        }
    }
}
