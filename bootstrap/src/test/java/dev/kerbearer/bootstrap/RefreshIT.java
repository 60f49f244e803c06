package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.persistence.PreparedData;
import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** POST authorize/token over real HTTP, on two nodes with one database. */
class RefreshIT {

    private static final String CURRENT = "kerbearer.keys.current";

    private static Practice practice;
    private static EmbeddedDatabase database;
    private static Map<String, String> configuration;
    private static RunningKerbearer one;
    private static RunningKerbearer two;

    @BeforeAll
    static void twoNodesWithOneKey() throws IOException {
        practice = Practice.start();
        database = PreparedData.start(practice.folder("shared"));
        configuration = practice.configuration(database);
        // Long enough for a thousand calls on a slow machine.
        configuration.put("kerbearer.refresh.reuse-leeway", "5m");
        one = RunningKerbearer.start(practice.folder("one"), configuration);
        two = RunningKerbearer.start(practice.folder("two"), withKeyInFile());
    }

    /** Puts the key in a file as Kubernetes mounts it. Most of these tests show that both nodes have the same key. */
    private static Map<String, String> withKeyInFile() throws IOException {
        Map<String, String> withFile = new LinkedHashMap<>(configuration);
        Path secrets = practice.folder("secrets");
        Files.createDirectories(secrets.resolve("..first"));
        Path secret = Files.writeString(secrets.resolve("..first").resolve(CURRENT), withFile.remove(CURRENT) + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(secrets.resolve("..data"), Path.of("..first"));
        Files.createSymbolicLink(secrets.resolve(CURRENT), Path.of("..data", CURRENT));
        withFile.put("kerbearer.secrets-dir", secrets.toString());
        return withFile;
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
        database.close();
        practice.close();
    }

    @Test
    void aRefreshReturnsANewPair() {
        Answer issued = practice.aliceAuthorizes(one.port());
        Answer answer = refresh(one, refreshToken(issued));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "access_token",
                        "refresh_token",
                        "expires_in",
                        "expires",
                        "token_type",
                        "scope",
                        "identity",
                        "refresh_until");
        assertThat(answer.json().get("refresh_until")).isEqualTo(issued.json().get("refresh_until"));
        assertThat(answer.json().get("scope")).isEqualTo(issued.json().get("scope"));
        assertThat(answer.accessToken()).matches("[A-Za-z0-9_-]{46}==").isNotEqualTo(issued.accessToken());
        assertThat(Practice.verify(two.port(), answer.accessToken()).status()).isEqualTo(200);
        assertThat(Practice.verify(two.port(), issued.accessToken()).status())
                .as("requests in flight")
                .isEqualTo(200);
        assertThat(Practice.revoke(two.port(), answer.accessToken()).status()).isEqualTo(200);
        assertThat(Practice.verify(one.port(), issued.accessToken()).status()).isEqualTo(401);
        assertRefused(refresh(one, refreshToken(answer)), "invalid_grant");
    }

    @Test
    void aThousandSimultaneousRefreshesOnTwoNodesMakeOneRotationAndGetTheSameAnswer() throws Exception {
        String token = refreshToken(practice.aliceAuthorizes(one.port()));
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Answer>> calls = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(1000);
        try {
            for (int i = 0; i < 1000; i++) {
                RunningKerbearer node = i % 2 == 0 ? one : two;
                calls.add(threads.submit(() -> {
                    start.await();
                    return refreshedWithRetries(node, token);
                }));
            }
            start.countDown();
            Set<Map<String, String>> answers = new HashSet<>();
            for (Future<Answer> call : calls) {
                Answer answer = call.get();
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                answers.add(withoutExpiresIn(answer.json()));
            }
            assertThat(answers).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
        try (EmbeddedTables tables = EmbeddedTables.of(practice.folder("shared"))) {
            assertThat(tables.row(
                            "select generation, (select count(*) from replaced_refresh_tokens r where r.grant_id = g.id)"
                                    + " from grants g where id = (select grant_id from replaced_refresh_tokens where digest = "
                                    + "decode('" + Sha256.of(token.getBytes(StandardCharsets.US_ASCII)) + "', 'hex'))"))
                    .as("one rotation")
                    .containsExactly("1", "1");
        }
    }

    /** Retries while the node answers 503 because it is overloaded. */
    private static Answer refreshedWithRetries(RunningKerbearer node, String token) throws InterruptedException {
        Answer answer = refresh(node, token);
        for (int i = 0; i < 480 && answer.status() == 503; i++) {
            assertThat(answer.headers("Retry-After")).hasSize(1);
            TimeUnit.MILLISECONDS.sleep(250);
            answer = refresh(node, token);
        }
        return answer;
    }

    private static Map<String, String> withoutExpiresIn(JsonNode json) {
        return json.properties().stream()
                .filter(member -> !member.getKey().equals("expires_in"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, member -> member.getValue().toString()));
    }

    @Test
    void anyNodeReturnsTheLivePairWithinTheLeeway() {
        String first = refreshToken(practice.aliceAuthorizes(one.port()));
        Answer third = refresh(two, refreshToken(refresh(one, first)));
        assertThat(refresh(two, first).accessToken()).isEqualTo(third.accessToken());
        assertThat(refresh(one, first).json().get("refresh_token"))
                .isEqualTo(third.json().get("refresh_token"));
    }

    @Test
    void aTokenReusedAfterTheLeewayEndsTheGrant() throws Exception {
        Answer issued = Practice.authorize(
                one.port(),
                practice.user("alice").token("HTTP/localhost"),
                "{\"client_id\":\"hasty-client\",\"scope\":\"certificate\"}");
        Answer next = refreshAs(one, "hasty-client", refreshToken(issued));
        assertThat(next.status()).as(next.toString()).isEqualTo(200);
        TimeUnit.MILLISECONDS.sleep(1200);
        assertRefused(refreshAs(two, "sample-client", refreshToken(issued)), "invalid_grant");
        assertThat(Practice.verify(one.port(), next.accessToken()).status())
                .as("another client's replay does not end the grant")
                .isEqualTo(200);
        assertThat(assertRefused(refreshAs(two, "hasty-client", refreshToken(issued)), "invalid_grant")
                        .description())
                .isEqualTo("Grant has been revoked, has expired, or the refresh token is invalid");
        assertThat(Practice.verify(one.port(), next.accessToken()).status()).isEqualTo(401);
        assertRefused(refreshAs(one, "hasty-client", refreshToken(next)), "invalid_grant");
        assertThat(RawHttp.get(two.managementPort(), "/q/metrics").send().body())
                .contains("kerbearer_refresh_ended_grants_total 1.0")
                .contains("kerbearer_refresh_repeated_total");
    }

    @Test
    void aBadRequestIsRefusedWithTheReason() {
        String token = refreshToken(practice.aliceAuthorizes(one.port()));
        assertRefused(post("{\"refresh_token\":\"" + token + "\"}"), "invalid_request");
        assertRefused(post("{\"client_id\":\"sample-client\"}"), "invalid_request");
        assertRefused(post("{\"client_id\":\"sample-client\",\"refresh_token\":7}"), "invalid_request");
        assertRefused(
                post("{\"client_id\":\"sample-client\",\"grant_type\":\"password\",\"refresh_token\":\"" + token
                        + "\"}"),
                "unsupported_grant_type");
        assertRefused(
                RawHttp.post(one.port(), Practice.TOKEN + "?refresh_token=" + token)
                        .json("{\"client_id\":\"sample-client\",\"refresh_token\":\"" + token + "\"}")
                        .send(),
                "invalid_request");
        assertRefused(refresh(one, "nobodys"), "invalid_grant");
        assertThat(assertRefused(refreshAs(one, "group-client", token), "invalid_grant")
                        .description())
                .startsWith("The client_id value being requested with the refresh token does not match the client_id"
                        + " of the access token making the call");
        assertThat(RawHttp.post(one.port(), "//vedauth/Authorize/Token/")
                        .body(
                                "application/x-www-form-urlencoded",
                                "grant_type=refresh_token&client_id=sample-client&refresh_token=" + token)
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aNodeWithAnotherKeyRefusesToStart() {
        Map<String, String> other = new LinkedHashMap<>(configuration);
        other.put("kerbearer.keys.current", "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=");
        assertThat(RunningKerbearer.refusedStart(practice.folder("stranger"), other))
                .contains("does not hold the newest server key")
                .contains("kerbearer.keys.current")
                .doesNotContain("ZmVkY2Jh");
    }

    @Test
    void theStartReportNamesAKeyFromAFileWithoutItsValue() {
        assertThat(two.output())
                .contains("Keys from files: [")
                .contains(CURRENT)
                .contains("can be read by others")
                .doesNotContain(configuration.get(CURRENT));
        Map<String, String> missing = new LinkedHashMap<>(configuration);
        missing.put("kerbearer.secrets-dir", "/not/there");
        assertThat(RunningKerbearer.refusedStart(practice.folder("stranger"), missing))
                .contains("Kerbearer does not start: kerbearer.secrets-dir: the folder /not/there is missing");
    }

    @Test
    void expiresInCountsFromNow() throws Exception {
        String token = refreshToken(practice.aliceAuthorizes(one.port()));
        refresh(one, token);
        TimeUnit.SECONDS.sleep(2);
        JsonNode again = refresh(one, token).json();
        assertThat(again.get("expires_in").longValue())
                .isLessThan(90 * 86_400)
                .isBetween(
                        again.get("expires").longValue() - Instant.now().getEpochSecond(),
                        again.get("expires").longValue() - Instant.now().getEpochSecond() + 2);
    }

    private static Answer refresh(RunningKerbearer node, String token) {
        return refreshAs(node, "sample-client", token);
    }

    private static Answer refreshAs(RunningKerbearer node, String client, String token) {
        return RawHttp.post(node.port(), Practice.TOKEN)
                .json("{\"client_id\":\"" + client + "\",\"refresh_token\":\"" + token + "\"}")
                .send();
    }

    private static Answer post(String json) {
        return RawHttp.post(one.port(), Practice.TOKEN).json(json).send();
    }

    private static String refreshToken(Answer answer) {
        return answer.json().path("refresh_token").asText();
    }

    private static Answer assertRefused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.phrase()).isEqualTo(answer.description());
        return answer;
    }
}
