package dev.kerbearer.domain.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of 256 bits that every node has and the database does not have. It is never used directly: each use has its
 * own key, derived under a label by HKDF (RFC 5869). Printing, logging or serialising this object never shows it.
 */
public final class ServerKey {

    /** The length in bytes. */
    public static final int LENGTH = 32;

    private static final String HMAC = "HmacSHA256";
    private static final int FINGERPRINT = 16;

    private final byte[] pseudorandomKey;
    private final KeyId id;

    private ServerKey(byte[] secret) {
        // HKDF-Extract without a salt: RFC 5869 then uses as many zeros as the digest is long.
        this.pseudorandomKey = hmac(new byte[LENGTH], secret);
        this.id = new KeyId(HexFormat.of().formatHex(Arrays.copyOf(derive("key id"), FINGERPRINT)));
    }

    /**
     * Creates a key from these bytes, which are copied.
     *
     * @throws IllegalArgumentException if the length is not {@value #LENGTH}
     */
    public static ServerKey of(byte[] secret) {
        if (secret.length != LENGTH) {
            throw new IllegalArgumentException("a server key has " + 8 * LENGTH + " bits");
        }
        return new ServerKey(secret);
    }

    /** Returns the fingerprint of the key. */
    public KeyId id() {
        return id;
    }

    /** Derives the 256-bit key for the use that the label names. This is HKDF-Expand, limited to the first block. */
    public byte[] derive(String label) {
        return hmac(pseudorandomKey, label.getBytes(StandardCharsets.UTF_8), new byte[] {1});
    }

    /**
     * Runs HKDF-Expand (RFC 5869 section 2.3) over the label, a zero byte and the context. The zero byte keeps the
     * output of one use apart from the output of every other use.
     *
     * @param length the length in bytes; at most 255 digests
     */
    public byte[] expand(String label, int length, byte[]... context) {
        byte[] expanded = new byte[length];
        byte[] block = {};
        for (int n = 1, done = 0; done < length; n++, done += block.length) {
            block = block(block, label, context, n);
            System.arraycopy(block, 0, expanded, done, Math.min(block.length, length - done));
        }
        return expanded;
    }

    /** Returns the HMAC-SHA256 of a message (RFC 2104), under the key for the use that the label names. */
    public byte[] authenticate(String label, byte[]... message) {
        return hmac(derive(label), message);
    }

    private byte[] block(byte[] before, String label, byte[][] context, int n) {
        byte[][] message = new byte[context.length + 4][];
        message[0] = before;
        message[1] = label.getBytes(StandardCharsets.UTF_8);
        message[2] = new byte[] {0};
        System.arraycopy(context, 0, message, 3, context.length);
        message[context.length + 3] = new byte[] {(byte) n};
        return hmac(pseudorandomKey, message);
    }

    private static byte[] hmac(byte[] key, byte[]... message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : message) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "ServerKey[" + id + ", hidden]";
    }
}
