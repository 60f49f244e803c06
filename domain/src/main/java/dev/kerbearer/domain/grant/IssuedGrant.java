package dev.kerbearer.domain.grant;

/**
 * A new grant with its tokens. No other object has both.
 *
 * @param grant the grant, which is stored
 * @param tokens the tokens for the response; only their digests are stored
 */
public record IssuedGrant(Grant grant, TokenPair tokens) {}
