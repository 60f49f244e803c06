package dev.kerbearer.application.grant;

import java.util.Optional;

/**
 * The parameters of an authorize request, as the client sent them; each is checked later.
 *
 * @param clientId {@code client_id}
 * @param scope {@code scope}
 * @param state {@code state}, which is returned unchanged (RFC 6749 section 4.1.1)
 */
public record AuthorizeRequest(Optional<String> clientId, Optional<String> scope, Optional<String> state) {}
