package dev.kerbearer.domain.port;

import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.password.SealedNtlmSecret;
import java.util.List;
import java.util.Optional;

/** What is stored of the passwords of local identities that may sign in with NTLM. */
public interface NtlmVerifiers {

    /**
     * Returns the verifier of the identity with this name, enabled or not.
     *
     * @throws Unavailable if it cannot be read
     */
    Optional<NtlmVerifier> find(PrefixedName name);

    /**
     * Returns some of the verifiers that are sealed under another server key.
     *
     * @param atMost the most verifiers to return
     * @throws Unavailable if they cannot be read
     */
    List<NtlmVerifier> notSealedUnder(KeyId key, int atMost);

    /**
     * Replaces the secret of a verifier by the same secret sealed again, unless another call has already replaced it.
     *
     * @throws Unavailable if it cannot be stored
     */
    void replace(NtlmVerifier old, SealedNtlmSecret sealedAnew);
}
