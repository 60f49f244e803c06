package dev.kerbearer.windowsauth.encryption;

import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * A key for one use (RFC 3961 section 5.3). What has to be derived for it is derived once: that costs as much as opening.
 */
@FunctionalInterface
public interface OpeningKey {

    /**
     * Opens what was encrypted.
     *
     * @return what is in it; empty where it was encrypted with another key or for another use, or changed
     */
    Optional<byte[]> open(byte[] sealed) throws GeneralSecurityException;

    /**
     * Makes one; of a type that is not known here it opens nothing.
     *
     * @param type the encryption type, as RFC 3961 and those after it number it
     * @param usage what for (RFC 4120 section 7.5.1)
     */
    static OpeningKey of(int type, byte[] key, int usage) throws GeneralSecurityException {
        if (type == Rc4Encryption.NUMBER) {
            return sealed -> Rc4Encryption.open(sealed, key, usage);
        }
        Optional<AesEncryption> aes = AesEncryption.numbered(type);
        return aes.isPresent() ? aes.get().opening(key, usage) : sealed -> Optional.empty();
    }
}
