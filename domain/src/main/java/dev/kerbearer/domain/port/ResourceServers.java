package dev.kerbearer.domain.port;

import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import java.util.Optional;

/** The registered resource servers. */
public interface ResourceServers {

    /**
     * Returns the resource server with this id, enabled or not.
     *
     * @throws Unavailable if it cannot be read
     */
    Optional<ResourceServer> find(ResourceServerId id);

    /**
     * Creates or updates the resource server.
     *
     * @throws Unavailable if nothing can be stored
     */
    void put(ResourceServer server);
}
