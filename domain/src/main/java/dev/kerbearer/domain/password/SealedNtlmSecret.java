package dev.kerbearer.domain.password;

import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.KeySeal;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.secret.SecretSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;

/** An {@link NtlmSecret} as it is stored: encrypted, bound to its identity, and useless without a server key. */
public final class SealedNtlmSecret {

    private static final String LABEL = "ntlm verifiers";

    private final byte[] sealed;
    private final KeyId sealedUnder;

    /**
     * @param sealed the encrypted secret; copied
     * @param sealedUnder the server key that decrypts it
     */
    public SealedNtlmSecret(byte[] sealed, KeyId sealedUnder) {
        this.sealed = sealed.clone();
        this.sealedUnder = sealedUnder;
    }

    /** Encrypts the secret of an identity. */
    public static SealedNtlmSecret seal(NtlmSecret secret, UUID identity, ServerKey under, SecretSource random) {
        byte[] sealed = KeySeal.of(under, LABEL).seal(secret.reveal(), bytes(identity), random);
        return new SealedNtlmSecret(sealed, under.id());
    }

    /**
     * Decrypts the secret of an identity; returns empty if this node does not hold its server key.
     *
     * @throws IllegalStateException if the secret belongs to another identity or was changed
     */
    public Optional<NtlmSecret> open(UUID identity, ServerKeys keys) {
        return keys.find(sealedUnder).map(key -> open(identity, key));
    }

    private NtlmSecret open(UUID identity, ServerKey key) {
        try {
            return NtlmSecret.of(KeySeal.of(key, LABEL).open(sealed, bytes(identity)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the NTLM verifier of " + identity + " cannot be read", e);
        }
    }

    private static byte[] bytes(UUID identity) {
        return identity.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns a copy of the encrypted secret. */
    public byte[] sealed() {
        return sealed.clone();
    }

    /** Returns the id of the server key that decrypts the secret. */
    public KeyId sealedUnder() {
        return sealedUnder;
    }

    @Override
    public String toString() {
        return "SealedNtlmSecret[under " + sealedUnder + "]";
    }
}
