package dev.kerbearer.domain.port;

import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import java.util.Optional;

/** The registered resource servers. */
public interface ResourceServers {

    /**
     * The resource server of that id, enabled or not.
     *
     * @throws Unavailable where it cannot be read
     */
    Optional<ResourceServer> find(ResourceServerId id);

    /**
     * Creates the resource server or brings it up to date.
     *
     * @throws Unavailable where nothing can be stored
     */
    void put(ResourceServer server);
}
