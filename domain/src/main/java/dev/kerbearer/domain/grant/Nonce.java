package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.secret.SecretSource;
import java.util.Arrays;

/**
 * The random part of how a token pair is derived from the one before it. While it is kept, a server that holds the key
 * and is shown the old token can derive the pair again; once it is gone nobody can.
 */
public final class Nonce {

    /** The length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Nonce(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A fresh one. */
    public static Nonce draw(SecretSource random) {
        byte[] bytes = new byte[LENGTH];
        random.fill(bytes);
        return new Nonce(bytes);
    }

    /** The one made of these bytes, which are copied. */
    public static Nonce of(byte[] bytes) {
        return new Nonce(Arrays.copyOf(bytes, bytes.length));
    }

    /** The {@value #LENGTH} bytes; a copy. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Nonce nonce && Arrays.equals(bytes, nonce.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Nonce[hidden]";
    }
}
