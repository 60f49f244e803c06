package dev.kerbearer.domain.port;

import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.password.SealedNtHash;
import java.util.List;
import java.util.Optional;

/** What is kept of the passwords of local identities that may sign in with NTLM. */
public interface NtlmVerifiers {

    /**
     * The verifier of the identity of that name, whether it is enabled or not.
     *
     * @throws Unavailable where it cannot be read
     */
    Optional<NtlmVerifier> find(PrefixedName name);

    /**
     * Some of those that are sealed under another server key.
     *
     * @param atMost how many
     * @throws Unavailable where they cannot be read
     */
    List<NtlmVerifier> notSealedUnder(KeyId key, int atMost);

    /**
     * Puts one that is sealed anew in the place of the old one, unless that was replaced meanwhile.
     *
     * @throws Unavailable where it cannot be stored
     */
    void replace(NtlmVerifier old, SealedNtHash sealedAnew);
}
