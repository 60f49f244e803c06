package dev.kerbearer.domain.key;

import dev.kerbearer.domain.secret.SecretSource;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts secrets for the database: AES-256 in GCM (NIST SP 800-38D), bound to what stands beside them. */
public final class KeySeal {

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int IV = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;

    private KeySeal(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * The seal of one use.
     *
     * @param label names the use; each has a key of its own, derived from that server key
     */
    public static KeySeal of(ServerKey key, String label) {
        return new KeySeal(new SecretKeySpec(key.derive(label), "AES"));
    }

    /** Encrypts a secret that stands beside that. */
    public byte[] seal(byte[] secret, byte[] boundTo, SecretSource random) {
        byte[] iv = new byte[IV];
        random.fill(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv, boundTo).doFinal(secret);
            return ByteBuffer.allocate(IV + sealed.length).put(iv).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + TRANSFORMATION, e);
        }
    }

    /**
     * Decrypts what was sealed beside that.
     *
     * @throws GeneralSecurityException where it was sealed otherwise, or changed since
     */
    public byte[] open(byte[] sealed, byte[] boundTo) throws GeneralSecurityException {
        ByteBuffer parts = ByteBuffer.wrap(sealed);
        byte[] iv = new byte[IV];
        parts.get(iv);
        byte[] rest = new byte[parts.remaining()];
        parts.get(rest);
        return cipher(Cipher.DECRYPT_MODE, iv, boundTo).doFinal(rest);
    }

    private Cipher cipher(int mode, byte[] iv, byte[] boundTo) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(boundTo);
        return cipher;
    }
}
