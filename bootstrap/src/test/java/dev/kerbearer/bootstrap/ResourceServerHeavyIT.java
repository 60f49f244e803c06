package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sample API in docs/samples, on Quarkus, accepts our JWTs by the published keys and makes no other call to us. */
class ResourceServerHeavyIT {

    private static final Path SAMPLE = Path.of("../docs/samples/resource-server/target/quarkus-app/quarkus-run.jar")
            .toAbsolutePath();
    private static final String ISSUER = "https://kerbearer.example";
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://localhost:(\\d+)");

    private static Practice practice;
    private static RunningKerbearer kerbearer;
    private static Process api;
    private static int apiPort;

    @BeforeAll
    static void start() throws Exception {
        practice = Practice.start();
        Map<String, String> configuration = practice.configuration();
        configuration.put("kerbearer.public-url", ISSUER);
        kerbearer = RunningKerbearer.start(practice.folder("node"), configuration);
        Path log = practice.folder("api").resolve("api.log");
        api = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dquarkus.http.port=0",
                        "-Dmp.jwt.verify.issuer=" + ISSUER,
                        "-Dmp.jwt.verify.publickey.location=http://localhost:" + kerbearer.port() + "/oauth2/jwks",
                        "-jar",
                        SAMPLE.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        apiPort = portIn(log);
    }

    private static int portIn(Path log) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (Instant.now().isBefore(end) && api.isAlive()) {
            Matcher listening = LISTENING.matcher(Files.readString(log));
            if (listening.find()) {
                return Integer.parseInt(listening.group(1));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("the sample does not start:\n" + Files.readString(log));
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.destroyForcibly();
        }
        kerbearer.close();
        practice.close();
    }

    @Test
    void itAcceptsAJwtWithItsAudience() {
        String first = authorized("jwt-client", "certificate:discover;ssh:manage");
        Answer answer = certificates(first);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Practice.ALICE + " through jwt-client");
        assertThat(certificates(first).status()).isEqualTo(200);
    }

    @Test
    void itVerifiesAJwtWhileKerbearerIsDown() {
        String token = authorized("jwt-client", "certificate:discover");
        assertThat(certificates(token).status()).isEqualTo(200);
        assertThat(Practice.revoke(kerbearer.port(), token).status()).isEqualTo(200);
        assertThat(certificates(token).status())
                .as("a resource server that verifies offline does not learn of a revocation")
                .isEqualTo(200);
    }

    @Test
    void itRefusesOtherTokens() {
        for (String token : List.of(
                authorized("plain-jwt-client", "certificate"),
                authorized("sample-client", "certificate:discover"),
                authorized("jwt-client", "certificate:discover").replaceAll("..$", "AA"),
                "nobodys")) {
            assertThat(certificates(token).status()).as(token).isEqualTo(401);
        }
        assertThat(certificates(authorized("jwt-client", "ssh:manage")).status())
                .as("with a scope that does not cover the call")
                .isEqualTo(403);
    }

    /** The README's own request, {@code certificate:discover,manage}, is one item of a scope with two restrictions. */
    @Test
    void aWiderScopeCoversTheCall() {
        for (String scope : List.of(
                "certificate:discover,manage",
                "certificate:manage,discover",
                "certificate:discover,manage;ssh:manage",
                "ssh:manage;certificate:delete,discover")) {
            Answer answer = certificates(authorized("wide-jwt-client", scope));
            assertThat(answer.status()).as(scope).isEqualTo(200);
        }
        for (String scope : List.of(
                "certificate", "certificate:manage,delete", "ssh:discover", "certificate:manage;ssh:discover")) {
            assertThat(certificates(authorized("wide-jwt-client", scope)).status())
                    .as(scope)
                    .isEqualTo(403);
        }
    }

    private static String authorized(String client, String scope) {
        return practice.aliceAuthorizesAs(kerbearer.port(), client, scope).accessToken();
    }

    private static Answer certificates(String token) {
        return RawHttp.get(apiPort, "/certificates")
                .header("Authorization", "Bearer " + token)
                .send();
    }
}
