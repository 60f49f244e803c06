package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A call is answered and audited with any header that a declared proxy forwards. The tests act as the proxy: they send
 * what a real one ({@link ProxiesHeavyIT}) sends, and what none should send.
 */
class ClientAddressIT {

    private static final String X = "X-Forwarded-For";
    private static final String STANDARD = "Forwarded";
    private static final String LONG = "x".repeat(10_000);

    /** Forwarded headers, and what the audit line shows for them: the address, and the proxy's name for the client. */
    private static final Map<List<String>, String> FORWARDED = new LinkedHashMap<>();

    static {
        FORWARDED.put(List.of(X, "192.0.2.1"), "192.0.2.1 ok");
        FORWARDED.put(List.of(X, "6.6.6.6, 192.0.2.2"), "192.0.2.2 ok");
        FORWARDED.put(List.of(X, ", 192.0.2.3"), "192.0.2.3 ok");
        FORWARDED.put(List.of(X, ""), "127.0.0.1 ok");
        FORWARDED.put(List.of(X, ","), "127.0.0.1 ok");
        FORWARDED.put(List.of(X, "192.0.2.4:4711"), "192.0.2.4 ok");
        FORWARDED.put(List.of(X, "[2001:db8::1]:4711"), "2001:db8::1 ok");
        FORWARDED.put(List.of(X, "2001:DB8::0:2"), "2001:db8::2 ok");
        FORWARDED.put(List.of(X, "unknown"), "127.0.0.1 ok (forwarded for \"unknown\")");
        FORWARDED.put(List.of(X, "/run/client.sock"), "127.0.0.1 ok (forwarded for \"/run/client.sock\")");
        FORWARDED.put(List.of(X, "'; drop table"), "127.0.0.1 ok (forwarded for \"'; drop table\")");
        FORWARDED.put(List.of(X, LONG), "127.0.0.1 ok (forwarded for \"" + LONG.substring(0, 100) + "\")");
        FORWARDED.put(List.of(STANDARD, "for=\"[2001:db8::3]:4711\""), "2001:db8::3 ok");
        FORWARDED.put(List.of(STANDARD, "for=6.6.6.6, for=192.0.2.5;proto=http"), "192.0.2.5 ok");
        FORWARDED.put(List.of(STANDARD, "for=_hidden;proto=http"), "127.0.0.1 ok (forwarded for \"_hidden\")");
        FORWARDED.put(List.of(STANDARD, "for=unknown"), "127.0.0.1 ok (forwarded for \"unknown\")");
        FORWARDED.put(List.of(STANDARD, "proto=http"), "127.0.0.1 ok (forwarded for \"proto=http\")");
        FORWARDED.put(
                List.of(STANDARD, "for=\"6.6.6.6, for=1"), "127.0.0.1 ok (forwarded for \"for=\"6.6.6.6, for=1\")");
        FORWARDED.put(List.of(STANDARD, "=;,,"), "127.0.0.1 ok (forwarded for \"=;\")");
    }

    private static Practice practice;
    private static RunningKerbearer kerbearer;
    private static EmbeddedTables tables;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        practice = Practice.start();
        Map<String, String> configuration = practice.configuration();
        configuration.put("kerbearer.ntlm.enabled", "true");
        configuration.put("kerbearer.ntlm.pinned-connections", "true");
        configuration.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        configuration.put("quarkus.http.proxy.allow-x-forwarded", "true");
        configuration.put("quarkus.http.proxy.allow-forwarded", "true");
        configuration.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        configuration.put("quarkus.http.access-log.enabled", "true");
        configuration.put("quarkus.http.access-log.pattern", "asked from %h %{REMOTE_IP}");
        kerbearer = RunningKerbearer.start(practice.folder("node"), configuration);
        port = kerbearer.port();
        tables = EmbeddedTables.of(practice.folder("node").resolve("data"));
    }

    @AfterAll
    static void stop() throws Exception {
        tables.close();
        kerbearer.close();
        practice.close();
    }

    @Test
    void aTokenIsIssuedRefreshedAndRevokedWithAnyForwardedHeader() {
        FORWARDED.forEach((header, written) -> {
            Answer issued = RawHttp.post(port, Practice.AUTHORIZE)
                    .header(
                            "Authorization",
                            Practice.negotiate(practice.user("alice").token("HTTP/localhost")))
                    .header(header.get(0), header.get(1))
                    .json(Practice.REQUEST)
                    .send();
            assertThat(issued.status()).as("%s: %s", header, issued).isEqualTo(200);
            assertThat(lastLine()).as("%s", header).isEqualTo("GRANT_ISSUED " + written);
            Answer refreshed = refresh("sample-client", issued, header);
            assertThat(refreshed.status()).as("%s: %s", header, refreshed).isEqualTo(200);
            assertThat(lastLine()).as("%s", header).isEqualTo("GRANT_REFRESHED " + written);
            Answer revoked = RawHttp.get(port, Practice.REVOKE)
                    .header("Authorization", "Bearer " + refreshed.accessToken())
                    .header(header.get(0), header.get(1))
                    .send();
            assertThat(revoked.status()).as("%s: %s", header, revoked).isEqualTo(200);
            assertThat(lastLine()).as("%s", header).isEqualTo("GRANT_REVOKED " + written);
            assertThat(Practice.verify(port, refreshed.accessToken()).status()).isEqualTo(401);
        });
        assertThat(kerbearer.output())
                .contains("asked from 192.0.2.2 192.0.2.2")
                .contains("asked from 2001:db8::1 2001:db8::1");
    }

    @Test
    void standardsCallsWorkWithAnyForwardedHeader() {
        FORWARDED.forEach((header, written) -> {
            Answer issued = practice.aliceAuthorizes(port);
            Answer refreshed =
                    form("/oauth2/token", "grant_type=refresh_token&refresh_token=" + refreshToken(issued), header);
            assertThat(refreshed.status()).as("%s: %s", header, refreshed).isEqualTo(200);
            Answer revoked = form("/oauth2/revoke", "token=" + refreshToken(refreshed), header);
            assertThat(revoked.status()).as("%s: %s", header, revoked).isEqualTo(200);
            assertThat(lastLine()).as("%s", header).isEqualTo("GRANT_REVOKED " + written);
            assertThat(Practice.verify(port, refreshed.accessToken()).status()).isEqualTo(401);
        });
    }

    @Test
    void aReusedTokenEndsItsGrantWithAnyForwardedHeader() throws Exception {
        Map<List<String>, List<Answer>> pairs = new LinkedHashMap<>();
        for (List<String> header : FORWARDED.keySet()) {
            Answer issued = practice.aliceAuthorizesAs(port, "hasty-client", "certificate");
            pairs.put(header, List.of(issued, refresh("hasty-client", issued, List.of(X, "192.0.2.1"))));
        }
        TimeUnit.SECONDS.sleep(2);
        pairs.forEach((header, pair) -> {
            assertThat(Practice.verify(port, pair.get(1).accessToken()).status())
                    .isEqualTo(200);
            Answer reused = refresh("hasty-client", pair.get(0), header);
            assertThat(reused.status()).as("%s: %s", header, reused).isEqualTo(400);
            assertThat(reused.error()).isEqualTo("invalid_grant");
            assertThat(lastLine()).as("%s", header).isEqualTo("GRANT_REUSED " + FORWARDED.get(header));
            assertThat(Practice.verify(port, pair.get(1).accessToken()).status())
                    .as("%s", header)
                    .isEqualTo(401);
        });
    }

    /** Anyone can send these headers through a proxy that appends, without signing in. */
    @Test
    void noForwardedHeaderPreventsAnAnswer() {
        for (String header : List.of(X, STANDARD, "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port")) {
            for (String value : List.of("", ",", ", 192.0.2.1", "for=", "\"", "[", ":", "\u00ff", "for=\"\\", LONG)) {
                for (String path : List.of(Practice.VERIFY, "/q/openapi", "/nothing")) {
                    Answer answer =
                            RawHttp.get(port, path).header(header, value).send();
                    assertThat(answer.status())
                            .as("%s: %s at %s", header, value, path)
                            .isBetween(200, 404);
                }
            }
        }
        assertThat(kerbearer.output()).doesNotContain("IllegalArgumentException", "Unhandled exception");
    }

    /** Otherwise a client's forged value could replace the scheme that the proxy adds. */
    @Test
    void onlyTheLastForwardedSchemeIsTrusted() {
        assertThat(strictTransport("https")).isTrue();
        assertThat(strictTransport("https, http")).isFalse();
        assertThat(strictTransport("http, https")).isTrue();
        assertThat(RawHttp.get(port, Practice.VERIFY)
                        .header("X-Forwarded-Ssl", "on")
                        .send()
                        .header("Strict-Transport-Security"))
                .isEmpty();
    }

    private static boolean strictTransport(String scheme) {
        return RawHttp.get(port, Practice.VERIFY)
                .header("X-Forwarded-Proto", scheme)
                .send()
                .header("Strict-Transport-Security")
                .isPresent();
    }

    /** Each guess comes from another address of the same /64, in RFC 7239 form, behind another forged address. */
    @Test
    void guessesAreCountedByTheNetworkOfTheLastForwardedAddress() throws Exception {
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            String hop = "[2001:db8:64::" + Integer.toHexString(i) + "]:" + (4711 + i);
            answers.add(guess(
                    "somebody" + i,
                    i % 2 == 0
                            ? List.of(X, "203.0.113." + i + ", " + hop)
                            : List.of(STANDARD, "for=203.0.113." + i + ", for=\"" + hop + "\"")));
        }
        assertThat(answers.subList(0, 100)).containsOnly(401);
        assertThat(answers.get(100)).isEqualTo(429);
        assertThat(guess("another", List.of(X, "[2001:db8:65::1]:4711"))).isEqualTo(401);
    }

    private static int guess(String user, List<String> header) throws IOException {
        NtlmClient client = NtlmClient.of("WORKGROUP", user, "Wrong horse battery");
        try (KeptConnection connection = KeptConnection.to(port)) {
            Answer challenged = ntlm(connection, header, client.negotiate());
            String challenge =
                    challenged.header("WWW-Authenticate").orElseThrow().substring("NTLM ".length());
            return ntlm(
                            connection,
                            header,
                            client.authenticate(Base64.getDecoder().decode(challenge)))
                    .status();
        }
    }

    private static Answer ntlm(KeptConnection connection, List<String> header, byte[] message) {
        return connection
                .ask(RawHttp.post(port, Practice.AUTHORIZE)
                        .header("Authorization", "NTLM " + Base64.getEncoder().encodeToString(message))
                        .header(header.get(0), header.get(1))
                        .json(Practice.REQUEST))
                .orElseThrow();
    }

    /** The thief's token pair must not stay valid as if the reuse had not been noticed. */
    @Test
    void ifReuseCannotBeRecordedTheCallerIsAskedToRetryAndTheRetryEndsTheGrant() throws Exception {
        Answer issued = practice.aliceAuthorizesAs(port, "hasty-client", "certificate");
        Answer next = refresh("hasty-client", issued, List.of(X, "192.0.2.1"));
        TimeUnit.SECONDS.sleep(2);
        execute("alter table audit_events add constraint no_reuse check (action <> 'GRANT_REUSED') not valid");
        try {
            Answer away = refresh("hasty-client", issued, List.of(X, "192.0.2.1"));
            assertThat(away.status()).as(away.toString()).isEqualTo(503);
            assertThat(away.error()).isEqualTo("server_error");
            assertThat(away.header("Retry-After")).isPresent();
            assertThat(Practice.verify(port, next.accessToken()).status()).isEqualTo(200);
        } finally {
            execute("alter table audit_events drop constraint no_reuse");
        }
        kerbearer.awaitWords("A refresh token was reused, and its grant could not be ended");
        assertThat(RawHttp.get(kerbearer.managementPort(), "/q/metrics").send().body())
                .contains("kerbearer_refresh_unended_grants_total 1.0");
        assertThat(refresh("hasty-client", issued, List.of(X, "192.0.2.1")).error())
                .isEqualTo("invalid_grant");
        assertThat(lastLine()).isEqualTo("GRANT_REUSED 192.0.2.1 ok");
        assertThat(Practice.verify(port, next.accessToken()).status()).isEqualTo(401);
    }

    private static Answer refresh(String client, Answer issued, List<String> header) {
        return RawHttp.post(port, Practice.TOKEN)
                .header(header.get(0), header.get(1))
                .json("{\"client_id\":\"" + client + "\",\"refresh_token\":\"" + refreshToken(issued) + "\"}")
                .send();
    }

    private static Answer form(String path, String form, List<String> header) {
        return RawHttp.post(port, path)
                .header(header.get(0), header.get(1))
                .body("application/x-www-form-urlencoded", form + "&client_id=sample-client")
                .send();
    }

    private static String refreshToken(Answer answer) {
        return answer.json().path("refresh_token").asText();
    }

    private static String lastLine() {
        try {
            return String.join(
                    " ", tables.row("select action, address, outcome from audit_events order by id desc limit 1"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = tables.connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
