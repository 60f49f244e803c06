package dev.kerbearer.rest.token;

import dev.kerbearer.domain.key.SigningKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.AlgorithmIdentifiers;

/** The public parts of the signing keys, for everybody who checks a JWT by himself. */
public final class PublishedKeys {

    private final HeldSigningKeys keys;
    private final Duration maxAge;

    /**
     * @param keys those at hand
     * @param maxAge how long others may keep an answer; less than a new key is published before it signs
     */
    public PublishedKeys(HeldSigningKeys keys, Duration maxAge) {
        this.keys = keys;
        this.maxAge = maxAge;
    }

    public Duration maxAge() {
        return maxAge;
    }

    /** As a JWK Set (RFC 7517 section 5). */
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
