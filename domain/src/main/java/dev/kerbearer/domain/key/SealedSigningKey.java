package dev.kerbearer.domain.key;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/** A signing key as it is stored, a value: its private part can be had only with a server key. */
public final class SealedSigningKey {

    private final SigningKeyId id;
    private final byte[] publicKey;
    private final byte[] sealedKey;
    private final KeyId sealedUnder;
    private final Instant activeFrom;

    /**
     * @param id its name in the header of a token ({@code kid})
     * @param publicKey in X.509 form (RFC 5280, SubjectPublicKeyInfo); copied
     * @param sealedKey the private part, encrypted; copied
     * @param sealedUnder the server key that opens it
     * @param activeFrom from when on it signs, until the next does
     */
    public SealedSigningKey(
            SigningKeyId id, byte[] publicKey, byte[] sealedKey, KeyId sealedUnder, Instant activeFrom) {
        this.id = id;
        this.publicKey = Arrays.copyOf(publicKey, publicKey.length);
        this.sealedKey = Arrays.copyOf(sealedKey, sealedKey.length);
        this.sealedUnder = sealedUnder;
        this.activeFrom = activeFrom;
    }

    /** Its name in the header of a token. */
    public SigningKeyId id() {
        return id;
    }

    /** The public part; a copy. */
    public byte[] publicKey() {
        return Arrays.copyOf(publicKey, publicKey.length);
    }

    /** The private part, encrypted; a copy. */
    public byte[] sealedKey() {
        return Arrays.copyOf(sealedKey, sealedKey.length);
    }

    /** The server key that opens it. */
    public KeyId sealedUnder() {
        return sealedUnder;
    }

    /** From when on it signs. */
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
