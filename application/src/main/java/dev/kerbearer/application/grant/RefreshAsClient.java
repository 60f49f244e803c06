package dev.kerbearer.application.grant;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.refusal.RefusedException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Identifies the client before it refreshes a grant: {@code POST /oauth2/token} (RFC 6749 section 6).
 *
 * <p>The client may be remembered, because {@link RefreshGrant} refreshes nothing by a rule that is gone. A refusal needs
 * the current client.
 */
public final class RefreshAsClient {

    private final ApiIntegrations integrations;
    private final IdentifyClient identifyClient;
    private final RefreshGrant refreshGrant;

    /**
     * @param integrations the registered integrations
     * @param identifyClient identifies the client by what is stored
     * @param refreshGrant refreshes the grant
     */
    public RefreshAsClient(ApiIntegrations integrations, IdentifyClient identifyClient, RefreshGrant refreshGrant) {
        this.integrations = integrations;
        this.identifyClient = identifyClient;
        this.refreshGrant = refreshGrant;
    }

    /**
     * Returns the current grant with the live pair.
     *
     * @param clientId the presented {@code client_id}
     * @param request reads the rest of the request
     * @throws RefusedException like {@link IdentifyClient#identify} and {@link RefreshGrant#refresh}, in this order
     * @throws dev.kerbearer.domain.port.Unavailable like both
     */
    public IssuedGrant refresh(Optional<String> clientId, Function<ClientId, RefreshRequest> request, Origin origin) {
        ClientId client = IdentifyClient.wellFormed(clientId);
        if (!IdentifyClient.isEnabled(integrations.remembered(client))) {
            identifyClient.identify(clientId);
        }
        try {
            return refreshGrant.refresh(request.apply(client), origin);
        } catch (RefusedException refused) {
            identifyClient.identify(clientId);
            throw refused;
        }
    }
}
