package dev.kerbearer.application.grant;

import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.version.Versioned;
import java.util.Optional;

/** Identifies the public client that calls an endpoint of the OAuth standards (RFC 6749 sections 2.1 and 3.2.1). */
public final class IdentifyClient {

    private final ApiIntegrations integrations;

    /**
     * @param integrations the registered integrations
     */
    public IdentifyClient(ApiIntegrations integrations) {
        this.integrations = integrations;
    }

    /**
     * Returns the id of the integration with this {@code client_id}.
     *
     * @throws RefusedException {@code invalid_request} if the id is missing; {@code invalid_client} if the integration
     *     is not registered and enabled
     * @throws dev.kerbearer.domain.port.Unavailable if the integration cannot be read now
     */
    public ClientId identify(Optional<String> clientId) {
        ClientId id = wellFormed(clientId);
        if (!isEnabled(integrations.find(id))) {
            throw Refusal.unknownClient().asException();
        }
        return id;
    }

    static boolean isEnabled(Optional<Versioned<ApiIntegration>> found) {
        return found.filter(integration -> integration.value().enabled()).isPresent();
    }

    static ClientId wellFormed(Optional<String> clientId) {
        String written = clientId.orElseThrow(() -> Refusal.clientIdMissing().asException());
        try {
            return new ClientId(written);
        } catch (IllegalArgumentException malformed) {
            throw Refusal.unknownClient().asException();
        }
    }
}
