package dev.kerbearer.persistence.integration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.version.Versioned;
import java.util.Optional;

/**
 * Caches integrations with their versions. An outdated entry does no harm, because a grant is stored only if the
 * version is still current. Unknown ids are not cached, so that made-up names cannot fill the memory.
 */
public final class RememberedIntegrations implements ApiIntegrations {

    /** An access rule takes about 200 bytes. */
    private static final long MOST_RULES = 20_000;

    private final ApiIntegrations stored;
    private final Cache<ClientId, Versioned<ApiIntegration>> remembered = Caffeine.newBuilder()
            .maximumWeight(MOST_RULES)
            .<ClientId, Versioned<ApiIntegration>>weigher(
                    (id, integration) -> integration.value().access().size() + 1)
            .executor(Runnable::run)
            .build();

    /** Remembers what is found in a store. */
    public RememberedIntegrations(ApiIntegrations stored) {
        this.stored = stored;
    }

    @Override
    public Optional<Versioned<ApiIntegration>> find(ClientId id) {
        Optional<Versioned<ApiIntegration>> found = stored.find(id);
        found.ifPresentOrElse(integration -> remembered.put(id, integration), () -> remembered.invalidate(id));
        return found;
    }

    @Override
    public Optional<Versioned<ApiIntegration>> remembered(ClientId id) {
        return Optional.ofNullable(remembered.getIfPresent(id)).or(() -> find(id));
    }

    @Override
    public void put(ApiIntegration integration, Act.ByName act) {
        stored.put(integration, act);
        remembered.invalidate(integration.id());
    }
}
