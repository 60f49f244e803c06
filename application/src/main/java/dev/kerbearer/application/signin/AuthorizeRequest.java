package dev.kerbearer.application.signin;

import java.util.Optional;

/**
 * What a caller asks for, as he wrote it; each member is checked in its turn.
 *
 * @param clientId {@code client_id}
 * @param scope {@code scope}
 * @param state {@code state}, which goes back to him as it came (RFC 6749 section 4.1.1)
 */
public record AuthorizeRequest(Optional<String> clientId, Optional<String> scope, Optional<String> state) {}
