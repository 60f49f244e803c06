package dev.kerbearer.application;

import dev.kerbearer.domain.scope.Scope;
import java.util.Optional;

/**
 * What a client asks for with a refresh token, as it wrote it.
 *
 * @param clientId {@code client_id}
 * @param refreshToken {@code refresh_token}
 * @param scope what the new access token is to be good for; absent: what was granted
 */
public record RefreshRequest(Optional<String> clientId, Optional<String> refreshToken, Optional<Scope> scope) {

    /** For what was granted. */
    public RefreshRequest(Optional<String> clientId, Optional<String> refreshToken) {
        this(clientId, refreshToken, Optional.empty());
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "RefreshRequest[" + clientId + ", token hidden]";
    }
}
