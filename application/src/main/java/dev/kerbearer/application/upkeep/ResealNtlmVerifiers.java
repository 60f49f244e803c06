package dev.kerbearer.application.upkeep;

import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.password.NtlmSecret;
import dev.kerbearer.domain.password.SealedNtlmSecret;
import dev.kerbearer.domain.port.NtlmVerifiers;
import dev.kerbearer.domain.secret.SecretSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Seals NTLM verifiers under the current server key after a key change, so that the previous key can be removed. */
public final class ResealNtlmVerifiers {

    private static final int BATCH = 100;

    private final NtlmVerifiers verifiers;
    private final ServerKeys keys;
    private final SecretSource random;

    /**
     * @param verifiers the stored verifiers
     * @param keys decrypt and encrypt them
     * @param random the source of random bits for encryption
     */
    public ResealNtlmVerifiers(NtlmVerifiers verifiers, ServerKeys keys, SecretSource random) {
        this.verifiers = verifiers;
        this.keys = keys;
        this.random = random;
    }

    /**
     * Seals every verifier that needs it.
     *
     * @return how many remain because this node has no server key that decrypts them
     * @throws dev.kerbearer.domain.port.Unavailable if this cannot be done now
     */
    public int reseal() {
        int lost = 0;
        List<NtlmVerifier> batch = verifiers.notSealedUnder(keys.current().id(), BATCH);
        while (batch.size() > lost) {
            lost = 0;
            for (NtlmVerifier verifier : batch) {
                lost += isResealed(verifier) ? 0 : 1;
            }
            batch = verifiers.notSealedUnder(keys.current().id(), BATCH + lost);
        }
        return lost;
    }

    private boolean isResealed(NtlmVerifier verifier) {
        UUID guid = verifier.identity().guid();
        Optional<NtlmSecret> secret = verifier.secret().open(guid, keys);
        secret.ifPresent(
                open -> verifiers.replace(verifier, SealedNtlmSecret.seal(open, guid, keys.current(), random)));
        return secret.isPresent();
    }
}
