package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.SealedSigningKey;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.key.SigningKey;
import dev.kerbearer.domain.key.SigningKeyId;
import dev.kerbearer.persistence.PreparedData;
import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A signing key changes under two running nodes. The test makes months pass by sealing a key again with another time,
 * which needs more than the database. The nodes look for changes themselves, here once per second.
 */
class SigningKeyChangeHeavyIT {

    /** One minute, plus time for a busy machine. */
    private static final Duration LIMIT = Duration.ofSeconds(100);

    private static Practice practice;
    private static EmbeddedDatabase database;
    private static Map<String, String> configuration;
    private static ServerKey serverKey;
    private static RunningKerbearer one;

    @BeforeAll
    static void oneNode() throws IOException {
        practice = Practice.start();
        database = PreparedData.start(practice.folder("shared"));
        configuration = practice.configuration(database);
        configuration.put("kerbearer.public-url", "https://kerbearer.example");
        configuration.put("kerbearer.upkeep-interval", "1s");
        serverKey = ServerKey.of(Base64.getDecoder().decode(configuration.get("kerbearer.keys.current")));
        one = RunningKerbearer.start(practice.folder("one"), configuration);
    }

    @AfterAll
    static void stop() {
        one.close();
        database.close();
        practice.close();
    }

    @Test
    void everyNodeSwitchesToTheNextKeyInTimeAndOlderTokensStayValid() throws Exception {
        SealedSigningKey first = stored().get(0);
        String old = token(one);
        assertThat(keyOf(old)).isEqualTo(first.id().value());
        move(first, first.activeFrom().minus(Duration.ofDays(90)));
        try (RunningKerbearer two = RunningKerbearer.start(practice.folder("two"), configuration)) {
            assertThat(stored())
                    .as("the next key is made before it starts to sign")
                    .hasSize(2);
            SealedSigningKey second = stored().get(1);
            assertThat(second.activeFrom()).isAfter(Instant.now().plus(Duration.ofMinutes(100)));
            assertThat(keyOf(token(two))).isEqualTo(first.id().value());
            move(second, Instant.now().truncatedTo(ChronoUnit.MILLIS));

            String ofOne = awaitTokenBy(second.id(), one);
            String ofTwo = awaitTokenBy(second.id(), two);
            assertThat(jwks(one).json()).isEqualTo(jwks(two).json());
            assertThat(jwks(one).json().get("keys")).hasSize(2);
            for (String token : List.of(old, ofOne, ofTwo)) {
                for (RunningKerbearer node : List.of(one, two)) {
                    assertThat(Practice.verify(node.port(), token).status()).isEqualTo(200);
                    assertThat(isSignedByAPublishedKey(token, node)).isTrue();
                }
            }
            assertThat(Practice.revoke(two.port(), old).status()).isEqualTo(200);
            assertThat(Practice.verify(one.port(), old).status())
                    .as("its signature was valid a moment ago")
                    .isEqualTo(401);
        }
    }

    @Test
    void aNodeIsNotReadyIfAnotherNodeUsesAServerKeyThatItLacks() throws SQLException {
        List<SealedSigningKey> before = stored();
        KeyId strange = new KeyId("f0e1d2c3b4a59687".repeat(2));
        assertThat(readiness().status()).isEqualTo(200);
        execute("insert into server_keys (id) values ('" + strange + "')");
        Answer down = readiness();
        execute("delete from server_keys where id = '" + strange + "'");
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.body()).contains(strange.value()).contains("current " + serverKey.id());
        assertThat(readiness().status()).isEqualTo(200);
        assertThat(stored()).isEqualTo(before);
    }

    private static String awaitTokenBy(SigningKeyId key, RunningKerbearer node)
            throws JoseException, InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        String token = token(node);
        while (!keyOf(token).equals(key.value())) {
            assertThat(Instant.now()).as("%s signs with the new key", node).isBefore(end);
            TimeUnit.MILLISECONDS.sleep(200);
            token = token(node);
        }
        return token;
    }

    private static String token(RunningKerbearer node) {
        Answer issued = practice.aliceAuthorizesAs(node.port(), "jwt-client", "ssh");
        assertThat(issued.status()).as(issued.toString()).isEqualTo(200);
        return issued.accessToken();
    }

    private static String keyOf(String token) throws JoseException {
        return JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue();
    }

    private static boolean isSignedByAPublishedKey(String token, RunningKerbearer node) throws JoseException {
        JsonWebSignature signed = (JsonWebSignature) JsonWebStructure.fromCompactSerialization(token);
        JsonWebKeySet published = new JsonWebKeySet(jwks(node).body());
        signed.setKey(new JwksVerificationKeyResolver(published.getJsonWebKeys()).resolveKey(signed, List.of()));
        return signed.verifySignature();
    }

    private static Answer jwks(RunningKerbearer node) {
        return RawHttp.get(node.port(), "/oauth2/jwks").send();
    }

    private static Answer readiness() {
        return RawHttp.get(one.managementPort(), "/q/health/ready").send();
    }

    /** Returns the stored keys in the order of activation. */
    private static List<SealedSigningKey> stored() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from signing_keys order by active_from")) {
            List<SealedSigningKey> keys = new ArrayList<>();
            while (row.next()) {
                keys.add(new SealedSigningKey(
                        new SigningKeyId(row.getString("id")),
                        row.getBytes("public_key"),
                        row.getBytes("sealed_key"),
                        new KeyId(row.getString("sealed_under")),
                        row.getTimestamp("active_from").toInstant()));
            }
            return keys;
        }
    }

    private static void move(SealedSigningKey key, Instant activeFrom) throws SQLException {
        SigningKey opened = SigningKey.open(key, new ServerKeys(serverKey, List.of()));
        SealedSigningKey moved = new SigningKey(opened.id(), opened.publicKey(), opened.privateKey(), activeFrom)
                .seal(serverKey, new SecureRandom()::nextBytes);
        try (Connection connection = connect();
                PreparedStatement update = connection.prepareStatement(
                        "update signing_keys set sealed_key = ?, active_from = ? where id = ?")) {
            update.setBytes(1, moved.sealedKey());
            update.setTimestamp(2, Timestamp.from(activeFrom));
            update.setString(3, moved.id().value());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private static void execute(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement sql = connection.createStatement()) {
            assertThat(sql.executeUpdate(statement)).isEqualTo(1);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }
}
