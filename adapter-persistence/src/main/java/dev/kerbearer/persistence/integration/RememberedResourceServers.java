package dev.kerbearer.persistence.integration;

import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Resource servers as they were less than a second ago. The same few ask again and again, and there are few of them; what
 * another node changes is seen within that second. One that is not there is not remembered, so that nobody can fill the
 * memory with made-up names.
 */
public final class RememberedResourceServers implements ResourceServers {

    static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final ResourceServers stored;
    private final LongSupplier nanoTime;
    private final Map<ResourceServerId, Remembered> remembered = new ConcurrentHashMap<>();

    /** @param nanoTime as {@link System#nanoTime} counts */
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
    public void put(ResourceServer server) {
        stored.put(server);
        remembered.remove(server.id());
    }
}
