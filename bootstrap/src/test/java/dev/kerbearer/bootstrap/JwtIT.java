package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.persistence.PreparedData;
import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** JWT access tokens over real HTTP, on two nodes of one database. */
class JwtIT {

    private static final String ISSUER = "https://kerbearer.example";
    private static final String JWKS = "/oauth2/jwks";

    private static Practice practice;
    private static EmbeddedDatabase database;
    private static RunningKerbearer one;
    private static RunningKerbearer two;

    @BeforeAll
    static void twoNodesWithOneKey() throws IOException {
        practice = Practice.start();
        database = PreparedData.start(practice.folder("shared"));
        Map<String, String> configuration = practice.configuration(database);
        configuration.put("kerbearer.public-url", ISSUER);
        one = RunningKerbearer.start(practice.folder("one"), configuration);
        two = RunningKerbearer.start(practice.folder("two"), configuration);
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
        database.close();
        practice.close();
    }

    @Test
    void anotherVerifierAcceptsAJwtWithThePublishedKeysAlone() throws Exception {
        Answer issued = jwt();
        JwtClaims claims = verifier("https://api.example", two).processToClaims(issued.accessToken());
        assertThat(claims.getClaimNames())
                .containsExactlyInAnyOrder("iss", "sub", "aud", "client_id", "scope", "iat", "exp", "jti", "auth_time");
        assertThat(claims.getSubject()).isEqualTo(Practice.ALICE);
        assertThat(claims.getStringClaimValue("client_id")).isEqualTo("jwt-client");
        assertThat(claims.getStringClaimValue("scope")).isEqualTo("ssh:manage certificate:discover");
        assertThat(issued.json().get("scope").asText()).isEqualTo("ssh:manage;certificate:discover");
        assertThat(claims.getExpirationTime().getValue())
                .isEqualTo(issued.json().get("expires").longValue())
                .as("at most an hour, though the system default is 90 days")
                .isEqualTo(claims.getIssuedAt().getValue() + 3600);
        assertThat(claims.getJwtId()).matches("[A-Za-z0-9_-]{46}==");
    }

    @Test
    void theIssuerIsTheDefaultAudience() throws Exception {
        Answer issued = practice.aliceAuthorizesAs(one.port(), "plain-jwt-client", "certificate");
        assertThat(verifier(ISSUER, one).processToClaims(issued.accessToken()).getAudience())
                .containsExactly(ISSUER);
    }

    @Test
    void everyNodeSignsWithTheSameKeyAndPublishesIt() {
        Answer published = RawHttp.get(one.port(), JWKS).send();
        assertThat(published.status()).isEqualTo(200);
        assertThat(published.headers("Cache-Control")).containsExactly("public, max-age=1800");
        assertThat(published.headers("Content-Type").get(0)).startsWith("application/jwk-set+json");
        assertThat(published.json().get("keys")).hasSize(1);
        assertThat(published.json().get("keys").get(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("kty", "crv", "x", "y", "kid", "use", "alg");
        assertThat(RawHttp.get(two.port(), JWKS).send().json()).isEqualTo(published.json());
        for (RunningKerbearer node : new RunningKerbearer[] {one, two}) {
            String token =
                    practice.aliceAuthorizesAs(node.port(), "jwt-client", "ssh").accessToken();
            assertThat(part(token, 0))
                    .contains("\"typ\":\"at+jwt\"")
                    .contains("\"alg\":\"ES256\"")
                    .contains(published.json().get("keys").get(0).get("kid").asText());
        }
    }

    @Test
    void aJwtIsVerifiedAndRevokedOnAnyNode() {
        String token = jwt().accessToken();
        Answer verified = Practice.verify(two.port(), token);
        assertThat(verified.status()).isEqualTo(200);
        assertThat(verified.json().get("application").asText()).isEqualTo("jwt-client");
        assertThat(verified.json().get("valid_for").longValue()).isEqualTo(3600);
        assertThat(Practice.revoke(two.port(), token).status()).isEqualTo(200);
        assertThat(Practice.verify(one.port(), token).status()).isEqualTo(401);
        assertThat(Practice.revoke(one.port(), token).status()).isEqualTo(202);
    }

    @Test
    void theJtiAloneIsNotAToken() throws Exception {
        String token = jwt().accessToken();
        String jti = JwtClaims.parse(part(token, 1)).getJwtId();
        assertRefused(jti);
        assertThat(Practice.revoke(one.port(), jti).status()).isEqualTo(202);
        assertRefused(token.split("\\.", -1)[1]);
        assertThat(Practice.verify(one.port(), token).status()).isEqualTo(200);
    }

    @Test
    void aJwtThatKerbearerHasNotSignedAsAnAccessTokenIsRefused() throws Exception {
        String token = jwt().accessToken();
        String[] parts = token.split("\\.", -1);
        JsonNode key = RawHttp.get(one.port(), JWKS).send().json().get("keys").get(0);
        String kid = key.get("kid").asText();
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        signature[5] ^= 1;
        assertRefused(parts[0] + "." + parts[1] + "." + encoded(signature));
        assertRefused(
                parts[0] + "." + encoded(text(part(token, 1).replace("jwt-client", "sample-client"))) + "." + parts[2]);
        assertRefused(parts[0] + "." + parts[1] + "." + encoded(new byte[64]));
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused(
                encoded(text("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}")) + "." + parts[1] + ".");
        assertRefused(encoded(text(part(token, 0).replace("at+jwt", "JWT"))) + "." + parts[1] + "." + parts[2]);
        assertRefused("...");
        assertRefused(parts[0] + "." + parts[1]);
        EllipticCurveJsonWebKey strange = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        assertRefused(signed(strange, "at+jwt", kid, part(token, 1)));
        assertRefused(signed(strange, "at+jwt", "x".repeat(43), part(token, 1)));
        assertThat(Practice.verify(one.port(), token).status()).isEqualTo(200);
    }

    @Test
    void aRepeatedRefreshReturnsTheSameClaims() throws Exception {
        Answer issued = jwt();
        String refreshToken = issued.json().get("refresh_token").asText();
        assertThat(refreshToken).as("opaque whatever the format").matches("[A-Za-z0-9_-]{46}==");
        Answer first = refresh(one, refreshToken);
        Answer again = refresh(two, refreshToken);
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(part(again.accessToken(), 1)).isEqualTo(part(first.accessToken(), 1));
        assertThat(part(first.accessToken(), 1)).isNotEqualTo(part(issued.accessToken(), 1));
        assertThat(again.json().get("refresh_token")).isEqualTo(first.json().get("refresh_token"));
        assertThat(verifier("https://api.example", two)
                        .processToClaims(again.accessToken())
                        .getIssuedAt()
                        .getValue())
                .isLessThanOrEqualTo(Instant.now().getEpochSecond());
        for (String token : new String[] {first.accessToken(), again.accessToken(), issued.accessToken()}) {
            assertThat(Practice.verify(one.port(), token).status()).isEqualTo(200);
        }
        assertThat(Practice.revoke(one.port(), again.accessToken()).status()).isEqualTo(200);
        assertRefused(first.accessToken());
        assertRefused(issued.accessToken());
    }

    @Test
    void tokensAreOpaqueByDefault() {
        assertThat(practice.aliceAuthorizes(one.port()).accessToken()).matches("[A-Za-z0-9_-]{46}==");
    }

    private static Answer jwt() {
        Answer issued = practice.aliceAuthorizesAs(one.port(), "jwt-client", "ssh:manage;certificate:discover");
        assertThat(issued.status()).as(issued.toString()).isEqualTo(200);
        return issued;
    }

    private static Answer refresh(RunningKerbearer node, String token) {
        return RawHttp.post(node.port(), Practice.TOKEN)
                .json("{\"client_id\":\"jwt-client\",\"refresh_token\":\"" + token + "\"}")
                .send();
    }

    private static void assertRefused(String token) {
        assertThat(Practice.verify(one.port(), token).status()).as(token).isEqualTo(401);
    }

    private static JwtConsumer verifier(String audience, RunningKerbearer node) throws JoseException {
        String published = RawHttp.get(node.port(), JWKS).send().body();
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(
                        new JwksVerificationKeyResolver(new JsonWebKeySet(published).getJsonWebKeys()))
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, "ES256")
                .setExpectedType(true, "at+jwt")
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience(audience)
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setRequireJwtId()
                .setRequireSubject()
                .build();
    }

    private static String signed(EllipticCurveJsonWebKey key, String type, String kid, String claims)
            throws JoseException {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue("ES256");
        token.setHeader("typ", type);
        token.setKeyIdHeaderValue(kid);
        token.setPayload(claims);
        token.setKey(key.getPrivateKey());
        return token.getCompactSerialization();
    }

    private static String part(String token, int index) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), StandardCharsets.UTF_8);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
