package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.secret.SecretSource;
import java.util.Arrays;

/**
 * The random input for deriving a token pair from the previous refresh token. While the nonce is stored, a server with
 * the key can derive the pair again from that token. After the nonce is deleted, nobody can.
 */
public final class Nonce {

    /** The length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Nonce(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Draws a new nonce. */
    public static Nonce draw(SecretSource random) {
        byte[] bytes = new byte[LENGTH];
        random.fill(bytes);
        return new Nonce(bytes);
    }

    /** Creates a nonce from these bytes, which are copied. */
    public static Nonce of(byte[] bytes) {
        return new Nonce(Arrays.copyOf(bytes, bytes.length));
    }

    /** Returns a copy of the {@value #LENGTH} bytes. */
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
