package dev.kerbearer.application;

import java.util.Optional;

/**
 * What a caller asks for, as he wrote it; each member is checked in its turn.
 *
 * @param clientId {@code client_id}
 * @param scope {@code scope}
 */
public record AuthorizeRequest(Optional<String> clientId, Optional<String> scope) {}
