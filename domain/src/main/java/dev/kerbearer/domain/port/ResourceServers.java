package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.Act;
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
     * Creates or updates the resource server, together with an audit line. If it is already stored like this, there is
     * no line.
     *
     * @param act who makes the change, from where, and when; the audit line carries it
     * @throws Unavailable if nothing can be stored
     */
    void put(ResourceServer server, Act.ByName act);
}
