package dev.kerbearer.domain.key;

import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.secret.SecretSource;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A key that signs JWTs: EC P-256, for ES256 (RFC 7518 section 3.4).
 *
 * @param id the key id in the header of a token
 * @param publicKey the key that verifies signatures
 * @param privateKey the key that signs; absent if this node holds no server key that decrypts it
 * @param activeFrom when the key starts to sign; it signs until the next key starts
 */
public record SigningKey(SigningKeyId id, ECPublicKey publicKey, Optional<PrivateKey> privateKey, Instant activeFrom) {

    private static final String ALGORITHM = "EC";
    private static final String LABEL = "signing keys";

    /** Generates a new key. */
    public static SigningKey generate(Instant activeFrom) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            ECPublicKey publicKey = (ECPublicKey) pair.getPublic();
            return new SigningKey(idOf(publicKey.getEncoded()), publicKey, Optional.of(pair.getPrivate()), activeFrom);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    /** Returns the key as it is stored, encrypted under the given server key. */
    public SealedSigningKey seal(ServerKey under, SecretSource random) {
        byte[] encoded = privateKey.orElseThrow().getEncoded();
        byte[] sealed =
                KeySeal.of(under, LABEL).seal(encoded, readable(id, publicKey.getEncoded(), activeFrom), random);
        return new SealedSigningKey(id, publicKey.getEncoded(), sealed, under.id(), activeFrom);
    }

    /**
     * Decrypts a stored key. If this node holds no server key for it, only the key id is checked.
     *
     * @throws IllegalStateException if the stored key was changed after it was sealed
     */
    public static SigningKey open(SealedSigningKey sealed, ServerKeys keys) {
        try {
            if (!idOf(sealed.publicKey()).equals(sealed.id())) {
                throw new GeneralSecurityException("it has another's name");
            }
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            ECPublicKey publicKey = (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(sealed.publicKey()));
            Optional<ServerKey> holder = keys.find(sealed.sealedUnder());
            Optional<PrivateKey> privateKey = Optional.empty();
            if (holder.isPresent()) {
                byte[] readable = readable(sealed.id(), sealed.publicKey(), sealed.activeFrom());
                byte[] encoded = KeySeal.of(holder.get(), LABEL).open(sealed.sealedKey(), readable);
                privateKey = Optional.of(factory.generatePrivate(new PKCS8EncodedKeySpec(encoded)));
            }
            return new SigningKey(sealed.id(), publicKey, privateKey, sealed.activeFrom());
        } catch (GeneralSecurityException | BufferUnderflowException e) {
            throw new IllegalStateException("the signing key " + sealed.id() + " is not as it was sealed", e);
        }
    }

    private static SigningKeyId idOf(byte[] publicKey) {
        byte[] digest = Sha256.of(publicKey).bytes();
        return new SigningKeyId(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    }

    /**
     * Returns the unencrypted fields of a stored key. The private part is bound to them, so that a change in storage is
     * noticed. The time is in milliseconds, because storage may drop finer parts.
     */
    private static byte[] readable(SigningKeyId id, byte[] publicKey, Instant activeFrom) {
        byte[] name = id.value().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + Long.BYTES + publicKey.length)
                .put(name)
                .putLong(activeFrom.toEpochMilli())
                .put(publicKey)
                .array();
    }

    /** Returns a text without any key. */
    @Override
    public String toString() {
        return "SigningKey[" + id + " from " + activeFrom + ", hidden]";
    }
}
