package dev.kerbearer.windowsauth.encryption;

import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * A key for one usage (RFC 3961 section 5.3). The keys derived from an AES key are computed once, because deriving
 * costs as much as opening.
 */
@FunctionalInterface
public interface OpeningKey {

    /**
     * Decrypts the bytes.
     *
     * @return the plain bytes; empty if they were encrypted with another key or usage, or were changed
     */
    Optional<byte[]> open(byte[] cipher) throws GeneralSecurityException;

    /**
     * Creates a key. With an unknown type it opens nothing.
     *
     * @param type the encryption type number (RFC 3961 and later)
     * @param usage the key usage (RFC 4120 section 7.5.1)
     */
    static OpeningKey of(int type, byte[] key, int usage) throws GeneralSecurityException {
        if (type == Rc4Encryption.NUMBER) {
            return cipher -> Rc4Encryption.open(cipher, key, usage);
        }
        Optional<AesEncryption> aes = AesEncryption.numbered(type);
        return aes.isPresent() ? aes.get().opening(key, usage) : cipher -> Optional.empty();
    }
}
