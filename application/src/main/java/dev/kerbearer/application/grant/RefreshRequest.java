package dev.kerbearer.application.grant;

import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.scope.Scope;
import java.util.Optional;

/**
 * The parameters of a refresh request, as the client sent them.
 *
 * @param clientId {@code client_id}
 * @param refreshToken {@code refresh_token}
 * @param scope the requested scope of the new access token; the granted scope if absent
 * @param integration the client's integration, if this call has already read it
 */
public record RefreshRequest(
        Optional<String> clientId,
        Optional<String> refreshToken,
        Optional<Scope> scope,
        Optional<ApiIntegration> integration) {

    /** Creates a request for the granted scope. */
    public RefreshRequest(Optional<String> clientId, Optional<String> refreshToken) {
        this(clientId, refreshToken, Optional.empty(), Optional.empty());
    }

    /** Creates a request of an {@linkplain IdentifyClient identified} client. */
    public RefreshRequest(ApiIntegration client, Optional<String> refreshToken, Optional<Scope> scope) {
        this(Optional.of(client.id().value()), refreshToken, scope, Optional.of(client));
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
        return "RefreshRequest[" + clientId + ", token hidden]";
    }
}
