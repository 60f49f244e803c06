package dev.kerbearer.domain.identity;

import dev.kerbearer.domain.password.SealedNtlmSecret;

/**
 * The secret that verifies the NTLM responses of an identity.
 *
 * @param identity the owner of the secret
 * @param secret the secret as it is stored
 */
public record NtlmVerifier(Identity identity, SealedNtlmSecret secret) {}
