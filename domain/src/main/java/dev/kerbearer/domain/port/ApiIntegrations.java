package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import java.util.Optional;

/** The registered API integrations. */
public interface ApiIntegrations {

    /**
     * Returns the integration with this id, enabled or not.
     *
     * @throws Unavailable if it cannot be read
     */
    Optional<ApiIntegration> find(ClientId id);

    /**
     * Creates or updates the integration. If it becomes disabled, its grants end in the same transaction, with an audit
     * line for each grant that was not over. Otherwise live grants do not change.
     *
     * @param act who makes the change, from where, and when; the audit lines carry it
     * @throws Unavailable if nothing can be stored
     */
    void put(ApiIntegration integration, Act act);
}
