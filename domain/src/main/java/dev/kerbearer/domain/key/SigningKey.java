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
 * @param id its name in the header of a token
 * @param publicKey by which everybody checks
 * @param privateKey by which this node signs; absent where it holds no server key that opens it
 * @param activeFrom from when on it signs, until the next does
 */
public record SigningKey(SigningKeyId id, ECPublicKey publicKey, Optional<PrivateKey> privateKey, Instant activeFrom) {

    private static final String ALGORITHM = "EC";
    private static final String LABEL = "signing keys";

    /** A fresh one. */
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

    /** The key as it is to be stored, sealed under that server key. */
    public SealedSigningKey seal(ServerKey under, SecretSource random) {
        byte[] encoded = privateKey.orElseThrow().getEncoded();
        byte[] sealed =
                KeySeal.of(under, LABEL).seal(encoded, readable(id, publicKey.getEncoded(), activeFrom), random);
        return new SealedSigningKey(id, publicKey.getEncoded(), sealed, under.id(), activeFrom);
    }

    /**
     * The key as it was stored.
     *
     * @throws IllegalStateException where it is not as it was sealed; where this node holds no server key that opens it,
     *     only the name tells
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

    /** What of a key can be read in storage, and is not to be changed there; time to the millisecond, as finer parts of it may not be kept. */
    private static byte[] readable(SigningKeyId id, byte[] publicKey, Instant activeFrom) {
        byte[] name = id.value().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + Long.BYTES + publicKey.length)
                .put(name)
                .putLong(activeFrom.toEpochMilli())
                .put(publicKey)
                .array();
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "SigningKey[" + id + " from " + activeFrom + ", hidden]";
    }
}
