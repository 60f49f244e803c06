package dev.kerbearer.domain.key;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/** A signing key as it is stored. Only a server key can decrypt its private part. */
public final class SealedSigningKey {

    private final SigningKeyId id;
    private final byte[] publicKey;
    private final byte[] sealedKey;
    private final KeyId sealedUnder;
    private final Instant activeFrom;

    /**
     * @param id the key id in the header of a token ({@code kid})
     * @param publicKey the public part in X.509 form (RFC 5280, SubjectPublicKeyInfo); copied
     * @param sealedKey the private part, encrypted; copied
     * @param sealedUnder the server key that decrypts the private part
     * @param activeFrom when the key starts to sign; it signs until the next key starts
     */
    public SealedSigningKey(
            SigningKeyId id, byte[] publicKey, byte[] sealedKey, KeyId sealedUnder, Instant activeFrom) {
        this.id = id;
        this.publicKey = Arrays.copyOf(publicKey, publicKey.length);
        this.sealedKey = Arrays.copyOf(sealedKey, sealedKey.length);
        this.sealedUnder = sealedUnder;
        this.activeFrom = activeFrom;
    }

    /** Returns the key id in the header of a token. */
    public SigningKeyId id() {
        return id;
    }

    /** Returns a copy of the public part. */
    public byte[] publicKey() {
        return Arrays.copyOf(publicKey, publicKey.length);
    }

    /** Returns a copy of the encrypted private part. */
    public byte[] sealedKey() {
        return Arrays.copyOf(sealedKey, sealedKey.length);
    }

    /** Returns the id of the server key that decrypts the private part. */
    public KeyId sealedUnder() {
        return sealedUnder;
    }

    /** Returns when the key starts to sign. */
    public Instant activeFrom() {
        return activeFrom;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedSigningKey key
                && id.equals(key.id)
                && Arrays.equals(publicKey, key.publicKey)
                && Arrays.equals(sealedKey, key.sealedKey)
                && sealedUnder.equals(key.sealedUnder)
                && activeFrom.equals(key.activeFrom);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, sealedUnder, activeFrom);
    }

    @Override
    public String toString() {
        return "SealedSigningKey[" + id + " from " + activeFrom + "]";
    }
}
