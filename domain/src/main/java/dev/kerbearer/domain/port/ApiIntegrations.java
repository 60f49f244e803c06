package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import java.time.Instant;
import java.util.Optional;

/** The registered API integrations. */
public interface ApiIntegrations {

    /**
     * The integration of that id, enabled or not.
     *
     * @throws Unavailable where it cannot be read
     */
    Optional<ApiIntegration> find(ClientId id);

    /**
     * Creates the integration or brings it up to date. One that is disabled by it has its grants ended in the same
     * transaction, with an audit line for each that was not over; live grants are otherwise left as they are.
     *
     * @param origin what says so
     * @throws Unavailable where nothing can be stored
     */
    void put(ApiIntegration integration, Origin origin, Instant at);
}
