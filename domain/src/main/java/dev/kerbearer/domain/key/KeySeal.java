package dev.kerbearer.domain.key;

import dev.kerbearer.domain.secret.SecretSource;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets for the database with AES-256 in GCM (NIST SP 800-38D). A ciphertext is bound to the data stored
 * beside it.
 */
public final class KeySeal {

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int IV = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;

    private KeySeal(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * Returns the seal for one use.
     *
     * @param label the name of the use; each use has its own key, derived from the server key
     */
    public static KeySeal of(ServerKey key, String label) {
        return new KeySeal(new SecretKeySpec(key.derive(label), "AES"));
    }

    /** Encrypts a secret and binds it to the data stored beside it. */
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
     * Decrypts a secret that was sealed with the same bound data.
     *
     * @throws GeneralSecurityException if the key or the bound data is different, or if the ciphertext was changed
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
