package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.key.KeyId;

/**
 * How the successor of a refresh token was derived: the nonce and the server key.
 *
 * @param nonce the nonce, drawn for this rotation only
 * @param key the id of the server key
 */
public record Link(Nonce nonce, KeyId key) {}
