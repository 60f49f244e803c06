package dev.kerbearer.application.grant;

import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.scope.Scope;
import java.util.Optional;

/**
 * What a client asks for with a refresh token, as it wrote it.
 *
 * @param clientId {@code client_id}
 * @param refreshToken {@code refresh_token}
 * @param scope what the new access token is to be good for; absent: what was granted
 * @param integration the client's, where it has been read for this call already; absent: it is still to be read
 */
public record RefreshRequest(
        Optional<String> clientId,
        Optional<String> refreshToken,
        Optional<Scope> scope,
        Optional<ApiIntegration> integration) {

    /** For what was granted. */
    public RefreshRequest(Optional<String> clientId, Optional<String> refreshToken) {
        this(clientId, refreshToken, Optional.empty(), Optional.empty());
    }

    /** Of a client that is {@linkplain IdentifyClient identified}. */
    public RefreshRequest(ApiIntegration client, Optional<String> refreshToken, Optional<Scope> scope) {
        this(Optional.of(client.id().value()), refreshToken, scope, Optional.of(client));
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "RefreshRequest[" + clientId + ", token hidden]";
    }
}
