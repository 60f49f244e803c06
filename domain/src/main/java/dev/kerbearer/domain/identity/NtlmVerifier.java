package dev.kerbearer.domain.identity;

import dev.kerbearer.domain.password.SealedNtHash;

/**
 * The hash that verifies the NTLM responses of an identity.
 *
 * @param identity the owner of the hash
 * @param hash the hash as it is stored
 */
public record NtlmVerifier(Identity identity, SealedNtHash hash) {}
