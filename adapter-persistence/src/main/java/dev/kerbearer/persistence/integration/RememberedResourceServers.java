package dev.kerbearer.persistence.integration;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Caches resource servers for one second, because there are few and they ask often. Changes by another node are seen
 * within that second. Unknown ids are not cached, so that made-up names cannot fill the memory.
 */
public final class RememberedResourceServers implements ResourceServers {

    static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final ResourceServers stored;
    private final LongSupplier nanoTime;
    private final Map<ResourceServerId, Remembered> remembered = new ConcurrentHashMap<>();

    /**
     * Caches lookups of the stored resource servers.
     *
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public RememberedResourceServers(ResourceServers stored, LongSupplier nanoTime) {
        this.stored = stored;
        this.nanoTime = nanoTime;
    }

    private record Remembered(ResourceServer server, long since) {}

    @Override
    public Optional<ResourceServer> find(ResourceServerId id) {
        long now = nanoTime.getAsLong();
        Remembered known = remembered.get(id);
        if (known != null && now - known.since() < REMEMBERED.toNanos()) {
            return Optional.of(known.server());
        }
        Optional<ResourceServer> found = stored.find(id);
        found.ifPresentOrElse(server -> remembered.put(id, new Remembered(server, now)), () -> remembered.remove(id));
        return found;
    }

    @Override
    public void put(ResourceServer server, Act.ByName act) {
        stored.put(server, act);
        remembered.remove(server.id());
    }
}
