package dev.kerbearer.bootstrap.schedule;

import dev.kerbearer.application.upkeep.ForgetGrants;
import dev.kerbearer.domain.port.Unavailable;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Periodically deletes grants that ended long ago, outside of requests. */
@Singleton
final class OldGrants {

    private static final Logger LOG = Logger.getLogger(OldGrants.class);

    private final ForgetGrants forgetGrants;

    OldGrants(ForgetGrants forgetGrants) {
        this.forgetGrants = forgetGrants;
    }

    @Scheduled(
            every = Upkeep.INTERVAL,
            delayed = Upkeep.INTERVAL,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        try {
            LOG.debugf("%d old grants are forgotten", forgetGrants.forget());
        } catch (Unavailable away) {
            LOG.warnf("Old grants are kept for now: %s", away.getMessage());
        }
    }
}
