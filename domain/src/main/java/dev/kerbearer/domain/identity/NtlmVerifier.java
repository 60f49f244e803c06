package dev.kerbearer.domain.identity;

import dev.kerbearer.domain.password.SealedNtHash;

/**
 * By what the answers of an identity are checked that may sign in with NTLM.
 *
 * @param identity whose it is
 * @param hash as it is stored
 */
public record NtlmVerifier(Identity identity, SealedNtHash hash) {}
