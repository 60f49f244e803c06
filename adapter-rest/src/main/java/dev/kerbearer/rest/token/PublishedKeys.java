package dev.kerbearer.rest.token;

import dev.kerbearer.domain.key.SigningKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.AlgorithmIdentifiers;

/** The public parts of the signing keys, for every server that checks JWTs itself. */
public final class PublishedKeys {

    private final HeldSigningKeys keys;
    private final Duration maxAge;

    /**
     * @param keys the keys that this node holds
     * @param maxAge how long an answer may be cached; less than the time between a key's publication and its first
     *     signature
     */
    public PublishedKeys(HeldSigningKeys keys, Duration maxAge) {
        this.keys = keys;
        this.maxAge = maxAge;
    }

    public Duration maxAge() {
        return maxAge;
    }

    /** Returns the keys as a JWK Set (RFC 7517 section 5). */
    public Map<String, Object> jwks() {
        List<Map<String, Object>> set =
                keys.published().stream().map(PublishedKeys::jwk).toList();
        return Map.of("keys", set);
    }

    private static Map<String, Object> jwk(SigningKey key) {
        EllipticCurveJsonWebKey jwk = new EllipticCurveJsonWebKey(key.publicKey());
        jwk.setKeyId(key.id().value());
        jwk.setUse("sig");
        jwk.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        return new LinkedHashMap<>(jwk.toParams(OutputControlLevel.PUBLIC_ONLY));
    }
}
