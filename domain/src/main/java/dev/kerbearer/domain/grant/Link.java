package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.key.KeyId;

/**
 * How the successor of a refresh token was derived from it: with this nonce, under that server key.
 *
 * @param nonce drawn for this one rotation
 * @param key the server key's id
 */
public record Link(Nonce nonce, KeyId key) {}
