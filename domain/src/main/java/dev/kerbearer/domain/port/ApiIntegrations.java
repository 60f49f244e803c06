package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.version.Versioned;
import java.util.Optional;

/** The registered API integrations. */
public interface ApiIntegrations {

    /**
     * Returns the integration with this id as it is stored now, enabled or not.
     *
     * @throws Unavailable if it cannot be read
     */
    Optional<Versioned<ApiIntegration>> find(ClientId id);

    /**
     * Returns the integration with this id, possibly as this node last read it. A grant may be decided by it, because
     * {@link Grants} check its version. A refusal may not. By default, nothing is remembered.
     *
     * @throws Unavailable if it is not remembered and cannot be read
     */
    default Optional<Versioned<ApiIntegration>> remembered(ClientId id) {
        return find(id);
    }

    /**
     * Creates or updates the integration, together with an audit line. If it is already stored like this, there is no
     * line; the order of the access rules does not count. If it becomes disabled, its grants end in the same
     * transaction, with an audit line for each grant that was not over. Otherwise live grants do not change.
     *
     * @param act who makes the change, from where, and when; the audit lines carry it
     * @throws Unavailable if nothing can be stored
     */
    void put(ApiIntegration integration, Act.ByName act);
}
