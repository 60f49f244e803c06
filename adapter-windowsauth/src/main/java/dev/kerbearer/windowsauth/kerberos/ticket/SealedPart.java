package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.encryption.OpeningKey;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * An encrypted value: EncryptedData of RFC 4120 section 5.2.9.
 *
 * @param encryptionType the encryption type of the key
 * @param cipher the encrypted bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Parts are read, not compared.
record SealedPart(int encryptionType, byte[] cipher) {

    /** Reads an encrypted value: encryption type, optional key version, cipher. */
    static SealedPart read(Der holder) throws MalformedToken {
        Der encrypted = holder.enter(Der.SEQUENCE);
        holder.requireEnd();
        int type = (int) encrypted.enter(Der.context(0)).integer();
        encrypted.skipOptional(Der.context(1));
        Der cipherHolder = encrypted.enter(Der.context(2));
        encrypted.requireEnd();
        byte[] cipher = cipherHolder.enter(Der.OCTET_STRING).rest();
        cipherHolder.requireEnd();
        return new SealedPart(type, cipher);
    }

    /**
     * Decrypts the value.
     *
     * @param usage the key usage (RFC 4120 section 7.5.1)
     * @return the plain bytes; empty if the value was encrypted with another key or an unsupported encryption type
     */
    Optional<byte[]> open(byte[] key, int usage) throws GeneralSecurityException {
        return OpeningKey.of(encryptionType, key, usage).open(cipher);
    }
}
