package dev.kerbearer.domain.grant;

/**
 * A grant with tokens that were just made for it. The only object that has both.
 *
 * @param grant what is stored
 * @param tokens what is answered, and of which only the digests are stored
 */
public record IssuedGrant(Grant grant, TokenPair tokens) {}
