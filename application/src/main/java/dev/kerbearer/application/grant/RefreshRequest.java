package dev.kerbearer.application.grant;

import dev.kerbearer.domain.scope.Scope;
import java.util.Optional;

/**
 * The parameters of a refresh request, as the client sent them.
 *
 * @param clientId {@code client_id}
 * @param refreshToken {@code refresh_token}
 * @param scope the requested scope of the new access token; the granted scope if absent
 */
public record RefreshRequest(Optional<String> clientId, Optional<String> refreshToken, Optional<Scope> scope) {

    /** Creates a request for the granted scope. */
    public RefreshRequest(Optional<String> clientId, Optional<String> refreshToken) {
        this(clientId, refreshToken, Optional.empty());
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
        return "RefreshRequest[" + clientId + ", token hidden]";
    }
}
