package dev.kerbearer.bootstrap.start;

import dev.kerbearer.application.admin.IntegrationDefinition;
import dev.kerbearer.application.admin.RegisterIntegration;
import dev.kerbearer.application.admin.Registration;
import dev.kerbearer.application.admin.ResumeRegistration;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.Unavailable;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Integrations whose access lists name trustees that could not be looked up, because a directory was unavailable. They
 * are applied again until all trustees are found or the integration is changed elsewhere.
 */
@Singleton
public final class UnresolvedTrustees {

    private static final Logger LOG = Logger.getLogger(UnresolvedTrustees.class);

    private final RegisterIntegration registerIntegration;
    private final ResumeRegistration resumeRegistration;
    private final Map<ClientId, Registration> waiting = new ConcurrentHashMap<>();

    public UnresolvedTrustees(RegisterIntegration registerIntegration, ResumeRegistration resumeRegistration) {
        this.registerIntegration = registerIntegration;
        this.resumeRegistration = resumeRegistration;
    }

    /** Applies a definition now, and again until all its trustees are found. */
    void register(IntegrationDefinition definition, Origin origin) {
        Registration registration = registerIntegration.register(definition, origin);
        if (!registration.unresolved().isEmpty()) {
            waiting.put(definition.id(), registration);
            LOG.warnf(
                    "A directory is unavailable, so these trustees of %s have no access through it yet: %s",
                    definition.id(), registration.unresolved());
        }
    }

    /** Returns the trustees that are still waiting, sorted. */
    public Set<PrefixedName> names() {
        Set<PrefixedName> names = new TreeSet<>(Comparator.comparing(PrefixedName::toString));
        waiting.values().forEach(each -> names.addAll(each.unresolved()));
        return names;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void again() {
        waiting.forEach((id, each) -> {
            try {
                resumeRegistration.resume(each).ifPresentOrElse(now -> keep(id, now), () -> {
                    waiting.remove(id);
                    LOG.infof("%s was changed elsewhere, so its trustees are no longer resolved here", id);
                });
            } catch (Unavailable away) {
                LOG.debugf("The trustees of %s are still unresolved: %s", id, away.getMessage());
            } catch (IllegalArgumentException wrong) {
                waiting.remove(id);
                LOG.errorf("The access list of %s stays unchanged until the next start: %s", id, wrong.getMessage());
            }
        });
    }

    private void keep(ClientId id, Registration now) {
        if (now.unresolved().isEmpty()) {
            waiting.remove(id);
            LOG.infof("The trustees of %s are all resolved now", id);
        } else {
            waiting.put(id, now);
        }
    }
}
