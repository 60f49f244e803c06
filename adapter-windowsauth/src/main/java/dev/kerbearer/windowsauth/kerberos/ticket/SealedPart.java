package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;

import dev.kerbearer.windowsauth.encryption.OpeningKey;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Something encrypted: EncryptedData of RFC 4120 section 5.2.9.
 *
 * @param encryptionType of the key
 * @param cipher what it looks like
 */
@SuppressWarnings("ArrayRecordComponent") // Parts are read, not compared.
record SealedPart(int encryptionType, byte[] cipher) {

    /** Reads one: encryption type, key version where it has one, cipher. */
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
     * Opens it.
     *
     * @param usage what it was encrypted for (RFC 4120 section 7.5.1)
     * @return what is in it; empty where it was encrypted with another key, or in a way that is not known here
     */
    Optional<byte[]> open(byte[] key, int usage) throws GeneralSecurityException {
        return OpeningKey.of(encryptionType, key, usage).open(cipher);
    }
}
