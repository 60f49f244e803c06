package dev.kerbearer.rest.token;

import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.integration.Audience;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.key.SigningKey;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.rest.token.CheckedSignatures.Good;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

/**
 * Writes opaque access tokens as they are, and others as JWTs (RFC 9068). SmallRye JWT signs the JWTs, and jose4j reads
 * them.
 */
public final class SmallRyeTokenCodec implements TokenCodec {

    /** RFC 9068 section 2.1. */
    private static final String TYPE = "at+jwt";

    private static final AlgorithmConstraints ONLY_ES256 =
            new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);

    /** More than most sites use in an hour; a full cache takes about 15 MB. */
    private static final int MOST_CHECKED = 50_000;

    private final Issuer issuer;
    private final HeldSigningKeys keys;
    private final CheckedSignatures checked;

    /**
     * @param issuer the issuer of the tokens
     * @param keys the keys that sign and check signatures
     */
    public SmallRyeTokenCodec(Issuer issuer, HeldSigningKeys keys) {
        this.issuer = issuer;
        this.keys = keys;
        this.checked = new CheckedSignatures(keys, MOST_CHECKED);
    }

    @Override
    public void requireEncodable(TokenForm form) {
        if (form.format() == TokenFormat.JWT) {
            signer();
        }
    }

    @Override
    public String encode(IssuedGrant issued) {
        String secret = issued.tokens().access().reveal();
        return issued.grant().form().format() == TokenFormat.JWT ? signed(issued.grant(), secret) : secret;
    }

    /**
     * Signs a JWT (RFC 9068 section 2.2). All claims come from the grant, so that a repeated answer has the same
     * claims.
     */
    private String signed(Grant grant, String jti) {
        SigningKey key = signer();
        return Jwt.claims()
                .issuer(issuer.url())
                .subject(grant.identity().toString())
                .audience(grant.form().audience().map(Audience::value).orElseGet(issuer::url))
                .claim("client_id", grant.client().value())
                .claim("scope", OauthScope.of(grant.scope().asGranted()))
                .issuedAt(grant.accessIssuedAt())
                .expiresAt(grant.accessExpires())
                .claim("auth_time", grant.issuedAt().getEpochSecond())
                .claim("jti", jti)
                .jws()
                .header("typ", TYPE)
                .algorithm(SignatureAlgorithm.ES256)
                .keyId(key.id().value())
                .sign(key.privateKey().orElseThrow());
    }

    private SigningKey signer() {
        return keys.signer()
                .orElseThrow(() -> new Unavailable("signing key", new IllegalStateException("none can be opened")));
    }

    /** An opaque token has no dot, a JWT has two. */
    @Override
    public Optional<TokenDigest> digestOf(String presented) {
        return presented.indexOf('.') < 0
                ? Optional.of(TokenDigest.ofPresented(presented))
                : checked.digestOf(presented, () -> check(presented));
    }

    /**
     * Checks a JWT. Whatever its header names, only ES256 and our own keys are accepted (RFC 8725 sections 3.1 and
     * 3.11).
     */
    private Optional<Good> check(String jwt) {
        try {
            JsonWebSignature token = new JsonWebSignature();
            token.setAlgorithmConstraints(ONLY_ES256);
            token.setCompactSerialization(jwt);
            Optional<SigningKey> key = Optional.ofNullable(token.getKeyIdHeaderValue())
                    .filter(id -> TYPE.equals(token.getHeader("typ")))
                    .flatMap(keys::find);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            token.setKey(key.get().publicKey());
            if (!token.verifySignature()) {
                return Optional.empty();
            }
            JwtClaims claims = JwtClaims.parse(token.getPayload());
            return issuer.url().equals(claims.getIssuer())
                    ? Optional.ofNullable(claims.getJwtId())
                            .map(jti -> new Good(key.get().id(), TokenDigest.ofJti(jti)))
                    : Optional.empty();
        } catch (JoseException | InvalidJwtException | MalformedClaimException notOurs) {
            return Optional.empty();
        }
    }
}
