package dev.kerbearer.bootstrap;

import dev.kerbearer.application.IntegrationDefinition;
import dev.kerbearer.application.RegisterIntegration;
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
 * The integrations in whose access lists somebody is named whom nobody could look up, because a directory was away as
 * they were applied. They are applied again until it is there.
 */
@Singleton
final class UnresolvedTrustees {

    private static final Logger LOG = Logger.getLogger(UnresolvedTrustees.class);

    private final RegisterIntegration registerIntegration;
    private final Map<ClientId, Waiting> waiting = new ConcurrentHashMap<>();

    /** An integration and whom it waits for. */
    private record Waiting(IntegrationDefinition definition, Set<PrefixedName> trustees) {}

    UnresolvedTrustees(RegisterIntegration registerIntegration) {
        this.registerIntegration = registerIntegration;
    }

    /** Applies a definition, now and as often as it must be. */
    void register(IntegrationDefinition definition) {
        Set<PrefixedName> trustees = registerIntegration.register(definition);
        if (!trustees.isEmpty()) {
            waiting.put(definition.id(), new Waiting(definition, trustees));
            LOG.warnf(
                    "A directory is away, so these trustees of %s have no access through it yet: %s",
                    definition.id(), trustees);
        }
    }

    /** Those who wait, in their order. */
    Set<PrefixedName> names() {
        Set<PrefixedName> names = new TreeSet<>(Comparator.comparing(PrefixedName::toString));
        waiting.values().forEach(each -> names.addAll(each.trustees()));
        return names;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void again() {
        waiting.forEach((id, each) -> {
            try {
                Set<PrefixedName> left = registerIntegration.register(each.definition());
                if (left.isEmpty()) {
                    waiting.remove(id);
                    LOG.infof("The trustees of %s are all resolved now", id);
                } else {
                    waiting.put(id, new Waiting(each.definition(), left));
                }
            } catch (Unavailable away) {
                LOG.debugf("The trustees of %s wait on: %s", id, away.getMessage());
            } catch (IllegalArgumentException wrong) {
                waiting.remove(id);
                LOG.errorf("The access list of %s stays as it is, until the next start: %s", id, wrong.getMessage());
            }
        });
    }
}
