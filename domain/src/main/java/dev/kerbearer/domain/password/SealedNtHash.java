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

/** An NT hash as it is stored: encrypted, bound to its identity, of no use without a server key. */
public final class SealedNtHash {

    private static final String LABEL = "ntlm verifiers";

    private final byte[] sealed;
    private final KeyId sealedUnder;

    /**
     * @param sealed the hash, encrypted; copied
     * @param sealedUnder the server key that opens it
     */
    public SealedNtHash(byte[] sealed, KeyId sealedUnder) {
        this.sealed = sealed.clone();
        this.sealedUnder = sealedUnder;
    }

    /** Seals the hash of that identity. */
    public static SealedNtHash seal(NtHash hash, UUID identity, ServerKey under, SecretSource random) {
        byte[] sealed = KeySeal.of(under, LABEL).seal(hash.reveal(), bytes(identity), random);
        return new SealedNtHash(sealed, under.id());
    }

    /**
     * The hash of that identity; empty where the server key is not held that it was sealed under.
     *
     * @throws IllegalStateException where it is another identity's, or was changed
     */
    public Optional<NtHash> open(UUID identity, ServerKeys keys) {
        return keys.find(sealedUnder).map(key -> open(identity, key));
    }

    private NtHash open(UUID identity, ServerKey key) {
        try {
            return NtHash.ofBytes(KeySeal.of(key, LABEL).open(sealed, bytes(identity)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the NTLM verifier of " + identity + " cannot be read", e);
        }
    }

    private static byte[] bytes(UUID identity) {
        return identity.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The hash, encrypted; a copy. */
    public byte[] sealed() {
        return sealed.clone();
    }

    /** The server key that opens it. */
    public KeyId sealedUnder() {
        return sealedUnder;
    }

    @Override
    public String toString() {
        return "SealedNtHash[under " + sealedUnder + "]";
    }
}
