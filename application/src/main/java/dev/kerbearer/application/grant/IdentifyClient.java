package dev.kerbearer.application.grant;

import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.refusal.Refusal;
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
     * Returns the integration with this {@code client_id}.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_request} if the id is missing;
     *     {@code invalid_client} if the integration is not registered and enabled
     * @throws dev.kerbearer.domain.port.Unavailable if the integration cannot be read now
     */
    public ApiIntegration identify(Optional<String> clientId) {
        String written = clientId.orElseThrow(() -> Refusal.clientIdMissing().asException());
        return wellFormed(written)
                .flatMap(integrations::find)
                .filter(ApiIntegration::enabled)
                .orElseThrow(() -> Refusal.unknownClient().asException());
    }

    private static Optional<ClientId> wellFormed(String written) {
        try {
            return Optional.of(new ClientId(written));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
