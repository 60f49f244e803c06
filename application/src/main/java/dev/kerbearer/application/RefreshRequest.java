package dev.kerbearer.application;

import java.util.Optional;

/**
 * What a client asks for with a refresh token, as it wrote it.
 *
 * @param clientId {@code client_id}
 * @param refreshToken {@code refresh_token}
 */
public record RefreshRequest(Optional<String> clientId, Optional<String> refreshToken) {

    /** Shows no token. */
    @Override
    public String toString() {
        return "RefreshRequest[" + clientId + ", token hidden]";
    }
}
