package dev.kerbearer.windowsauth.encryption;

import dev.kerbearer.windowsauth.encryption.DerivedKey.Purpose;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The AES encryption types: those of RFC 3962, which domain controllers use, and those of RFC 8009. */
public enum AesEncryption {
    /** aes128-cts-hmac-sha1-96. */
    AES128_SHA1(17, 16, "HmacSHA1", 12),
    /** aes256-cts-hmac-sha1-96. */
    AES256_SHA1(18, 32, "HmacSHA1", 12),
    /** aes128-cts-hmac-sha256-128. */
    AES128_SHA256(19, 16, "HmacSHA256", 16),
    /** aes256-cts-hmac-sha384-192. */
    AES256_SHA384(20, 32, "HmacSHA384", 24);

    private static final int BLOCK = 16;

    private final int number;
    private final int keyLength;
    private final String hmac;
    private final int codeLength;

    AesEncryption(int number, int keyLength, String hmac, int codeLength) {
        this.number = number;
        this.keyLength = keyLength;
        this.hmac = hmac;
        this.codeLength = codeLength;
    }

    /** Returns the type with that number; empty if it is not an AES type. */
    public static Optional<AesEncryption> numbered(int number) {
        return Stream.of(values()).filter(type -> type.number == number).findFirst();
    }

    /**
     * Derives the key for a usage.
     *
     * @param usage the key usage (RFC 4120 section 7.5.1)
     * @return a key that opens nothing if the given key has the wrong length for this type
     */
    public OpeningKey opening(byte[] key, int usage) throws GeneralSecurityException {
        if (key.length != keyLength) {
            return cipher -> Optional.empty();
        }
        SecretKeySpec encryption = new SecretKeySpec(derived(key, usage, Purpose.ENCRYPTION, keyLength), "AES");
        SecretKeySpec integrity = new SecretKeySpec(derived(key, usage, Purpose.INTEGRITY, codeLength), hmac);
        return cipher -> open(cipher, encryption, integrity);
    }

    private Optional<byte[]> open(byte[] sealed, SecretKeySpec encryption, SecretKeySpec integrity)
            throws GeneralSecurityException {
        int end = sealed.length - codeLength;
        // A single block would be only the confounder, which is encrypted differently.
        if (end <= BLOCK) {
            return Optional.empty();
        }
        byte[] plain = deciphered(sealed, end, encryption);
        byte[] code = isOfRfc3962() ? hmac(integrity, plain) : hmac(integrity, afterNoBlock(sealed, end));
        return MessageDigest.isEqual(Arrays.copyOf(code, codeLength), Arrays.copyOfRange(sealed, end, sealed.length))
                ? Optional.of(Arrays.copyOfRange(plain, BLOCK, plain.length))
                : Optional.empty();
    }

    /**
     * Computes the keyed checksum of this type (RFC 3962 section 6, RFC 8009 section 5).
     *
     * @param usage the key usage (RFC 4120 section 7.5.1)
     */
    public byte[] checksum(byte[] message, byte[] key, int usage) throws GeneralSecurityException {
        byte[] derived = derived(key, usage, Purpose.CHECKSUM, codeLength);
        return Arrays.copyOf(hmac(new SecretKeySpec(derived, hmac), message), codeLength);
    }

    private boolean isOfRfc3962() {
        return this == AES128_SHA1 || this == AES256_SHA1;
    }

    private static byte[] deciphered(byte[] sealed, int end, SecretKeySpec key) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/CTS/NoPadding");
        aes.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(new byte[BLOCK]));
        return aes.doFinal(sealed, 0, end);
    }

    /** RFC 8009 section 5: the HMAC covers the initial cipher state, which is zero, and the ciphertext. */
    private static byte[] afterNoBlock(byte[] sealed, int end) {
        return ByteBuffer.allocate(BLOCK + end)
                .position(BLOCK)
                .put(sealed, 0, end)
                .array();
    }

    private byte[] hmac(SecretKeySpec key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(hmac);
        mac.init(key);
        return mac.doFinal(message);
    }

    /** RFC 8009 section 3: HMAC of the usage, with a counter before it and the length in bits after it. */
    private byte[] derived(byte[] key, int usage, Purpose purpose, int length) throws GeneralSecurityException {
        if (isOfRfc3962()) {
            return DerivedKey.of(key, usage, purpose);
        }
        byte[] label = purpose.of(usage);
        byte[] message = ByteBuffer.allocate(Integer.BYTES + label.length + 1 + Integer.BYTES)
                .putInt(1)
                .put(label)
                .put((byte) 0)
                .putInt(8 * length)
                .array();
        return Arrays.copyOf(hmac(new SecretKeySpec(key, hmac), message), length);
    }
}
