package dev.kerbearer.bootstrap.schedule;

import dev.kerbearer.application.upkeep.ForgetRotationLinks;
import dev.kerbearer.domain.port.Unavailable;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Forgets, within a minute of its end, what a reuse leeway was needed for; off the way of any request. */
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
