package dev.kerbearer.bootstrap.schedule;

import dev.kerbearer.application.upkeep.ForgetRotationLinks;
import dev.kerbearer.domain.port.Unavailable;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Deletes the data of a reuse leeway within a minute after the leeway ends, outside of requests. */
@Singleton
final class OldRotationLinks {

    private static final Logger LOG = Logger.getLogger(OldRotationLinks.class);

    private final ForgetRotationLinks forgetRotationLinks;

    OldRotationLinks(ForgetRotationLinks forgetRotationLinks) {
        this.forgetRotationLinks = forgetRotationLinks;
    }

    @Scheduled(
            every = Upkeep.INTERVAL,
            delayed = Upkeep.INTERVAL,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        try {
            LOG.debugf("%d old rotation links are forgotten", forgetRotationLinks.forget());
        } catch (Unavailable away) {
            LOG.warnf("Old rotation links are kept for now: %s", away.getMessage());
        }
    }
}
