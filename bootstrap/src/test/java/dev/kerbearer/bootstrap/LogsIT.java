package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.domain.refusal.Cause;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a node reports about its calls: JSON logs, audit lines, metrics and the access log. */
class LogsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ADDRESS = "192.0.2.77";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String SCOPE = "\"scope\":\"certificate:discover\"}";
    private static final String ALICES_NAME = "local:alice, " + Practice.ALICE;

    private static Practice practice;
    private static RunningKerbearer kerbearer;
    private static EmbeddedTables tables;
    private static int port;
    private static String metricsAtTheStart;

    @BeforeAll
    static void start() throws Exception {
        practice = Practice.start();
        Map<String, String> configuration = practice.configuration();
        configuration.put("quarkus.log.console.json.enabled", "true");
        configuration.put("kerbearer.log.sign-ins", "true");
        configuration.put("kerbearer.ntlm.enabled", "true");
        configuration.put("kerbearer.ntlm.pinned-connections", "true");
        configuration.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        configuration.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        configuration.put("quarkus.http.access-log.enabled", "true");
        configuration.put("quarkus.http.access-log.pattern", "%r %<U %q %{q,token} %s %{ALL_REQUEST_HEADERS}");
        kerbearer = RunningKerbearer.start(practice.folder("node"), configuration);
        port = kerbearer.port();
        tables = EmbeddedTables.of(practice.folder("node").resolve("data"));
        metricsAtTheStart = metrics();
    }

    @AfterAll
    static void stop() throws Exception {
        tables.close();
        kerbearer.close();
        practice.close();
    }

    private static String metrics() {
        return RawHttp.get(kerbearer.managementPort(), "/q/metrics").send().body();
    }

    private static Stream<JsonNode> lines(String logger) {
        return kerbearer
                .output()
                .lines()
                .map(LogsIT::json)
                .filter(line -> line.path("loggerName").asText().equals(logger));
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    private static RawHttp from(RawHttp request) {
        return request.header("X-Forwarded-For", ADDRESS);
    }

    private static Answer signIn(byte[] token, String json) {
        return from(RawHttp.post(port, Practice.AUTHORIZE))
                .header("Authorization", Practice.negotiate(token))
                .json(json)
                .send();
    }

    private static Answer form(String path, String form) {
        return from(RawHttp.post(port, path)).body(FORM, form).send();
    }

    private static byte[] ticket() {
        return practice.user("alice").token("HTTP/localhost");
    }

    private static String refreshToken(Answer answer) {
        return answer.json().path("refresh_token").asText();
    }

    @Test
    void theLineOfARefusalNamesUserClientAddressAndTheTraceThatTheClientIsShown() throws Exception {
        byte[] used = ticket();
        Answer issued = signIn(used, Practice.REQUEST);
        String refreshToken = refreshToken(issued);
        assertNamed(signIn(ticket(), "{\"client_id\":\"nobody\"," + SCOPE), ALICES_NAME, "nobody");
        assertNamed(signIn(ticket(), "{" + SCOPE), ALICES_NAME, "");
        assertNamed(signIn(used, Practice.REQUEST), ALICES_NAME, "sample-client");
        assertNamed(
                signIn(practice.user("carol").token("HTTP/localhost"), Practice.REQUEST), "carol@PRACTICE.EXAMPLE", "");
        assertNamed(guess("mallory"), "WORKGROUP\\mallory", "");
        assertNamed(
                from(RawHttp.post(port, Practice.TOKEN))
                        .json("{\"client_id\":\"hasty-client\",\"refresh_token\":\"" + refreshToken + "\"}")
                        .send(),
                Practice.ALICE,
                "hasty-client");
        assertNamed(
                form("/oauth2/token", "grant_type=refresh_token&client_id=hasty-client&refresh_token=" + refreshToken),
                Practice.ALICE,
                "hasty-client");
        assertNamed(
                form("/oauth2/revoke", "client_id=hasty-client&token=" + refreshToken), Practice.ALICE, "hasty-client");
        assertNamed(form("/oauth2/introspect", "client_id=nobody&client_secret=s3cret&token=x"), "", "nobody");
        assertNamed(
                form("/oauth2/token", "grant_type=refresh_token&client_id=forged;%0A]&refresh_token=x"),
                "",
                "forged???");
        assertNamed(
                from(RawHttp.get(port, Practice.VERIFY))
                        .header("Authorization", "Bearer x")
                        .send(),
                "",
                "");
        assertNamed(from(RawHttp.get(port, "/nowhere")).send(), "", "");
    }

    private static void assertNamed(Answer answer, String user, String client) {
        String trace = answer.header("X-Trace-Id").orElseThrow();
        JsonNode line = lines("dev.kerbearer.refusals")
                .filter(each -> each.path("mdc").path("trace").asText().equals(trace))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer + " is not in the log:\n" + kerbearer.output()));
        assertThat(line.path("mdc").path("user").asText()).as("%s", line).isEqualTo(user);
        assertThat(line.path("mdc").path("client").asText()).as("%s", line).isEqualTo(client);
        assertThat(line.path("mdc").path("from").asText()).as("%s", line).isEqualTo(ADDRESS);
        assertThat(line.path("message").asText())
                .startsWith(answer.status() + " " + answer.error())
                .endsWith((user.isEmpty() ? "[" : "[user " + user + "; ")
                        + (client.isEmpty() ? "" : "client " + client + "; ")
                        + "from " + ADDRESS + "; trace " + trace + "]");
    }

    @Test
    void theAuditLineOfARefusalNamesTheSame() throws Exception {
        Answer refused = signIn(ticket(), "{\"client_id\":\"group-client\",\"scope\":\"ssh\"}");
        assertThat(tables.row("select action, actor, client_id, address from audit_events where trace = '"
                        + refused.header("X-Trace-Id").orElseThrow() + "'"))
                .containsExactly("SIGN_IN_REFUSED", Practice.ALICE, "group-client", ADDRESS);
        Answer issued = signIn(ticket(), Practice.REQUEST);
        form("/oauth2/token", "grant_type=refresh_token&client_id=sample-client&refresh_token=" + refreshToken(issued));
        assertThat(tables.texts("select distinct action from audit_events where trace ~ '^[0-9a-f]{32}$'"))
                .contains("GRANT_ISSUED", "GRANT_REFRESHED");
    }

    @Test
    void aGoodSignInIsLoggedIfThatIsSwitchedOn() {
        signIn(ticket(), Practice.REQUEST);
        assertThat(lines("dev.kerbearer.sign-ins")).anySatisfy(line -> {
            assertThat(line.path("message").asText())
                    .matches("Signed in by kerberos, grant [0-9a-f-]{36} \\[user .*]")
                    .contains("[user " + ALICES_NAME + "; client sample-client; from " + ADDRESS + "; trace ");
            assertThat(line.path("mdc").path("client").asText()).isEqualTo("sample-client");
        });
    }

    @Test
    void everySeriesIsThereFromTheStart() {
        for (String method : List.of("kerberos", "ntlm")) {
            for (String outcome : List.of("granted", "refused", "failed", "delayed", "undecided")) {
                assertThat(metricsAtTheStart)
                        .contains(
                                "kerbearer_sign_ins_total{method=\"" + method + "\",outcome=\"" + outcome + "\"} 0.0");
            }
        }
        Stream.of(Cause.values())
                .filter(cause -> cause != Cause.CHALLENGE)
                .forEach(cause -> assertThat(metricsAtTheStart)
                        .contains("kerbearer_refusals_total{reason=\"" + cause.label() + "\"} 0.0"));
        assertThat(metricsAtTheStart)
                .contains("agroal_available_count{", "agroal_awaiting_count{", "agroal_active_count{");
    }

    @Test
    void signInsAndRefusalsAreCounted() throws Exception {
        String before = metrics();
        signIn(ticket(), Practice.REQUEST);
        signIn(ticket(), "{\"client_id\":\"disabled-client\"," + SCOPE);
        signIn(new byte[] {1, 2, 3}, Practice.REQUEST);
        guess("mallory");
        RawHttp.get(port, Practice.VERIFY).send();
        String after = metrics();
        for (String counter : List.of(
                "kerbearer_sign_ins_total{method=\"kerberos\",outcome=\"granted\"}",
                "kerbearer_sign_ins_total{method=\"kerberos\",outcome=\"refused\"}",
                "kerbearer_sign_ins_total{method=\"kerberos\",outcome=\"failed\"}",
                "kerbearer_sign_ins_total{method=\"ntlm\",outcome=\"failed\"}",
                "kerbearer_refusals_total{reason=\"unknown-client\"}",
                "kerbearer_refusals_total{reason=\"invalid-token\"}")) {
            assertThat(value(after, counter)).as(counter).isEqualTo(value(before, counter) + 1);
        }
        assertThat(value(after, "kerbearer_refusals_total{reason=\"sign-in-failed\"}"))
                .isEqualTo(value(before, "kerbearer_refusals_total{reason=\"sign-in-failed\"}") + 2);
    }

    private static double value(String metrics, String counter) {
        return metrics.lines()
                .filter(line -> line.startsWith(counter + " "))
                .map(line -> Double.parseDouble(line.substring(counter.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(counter + " is missing"));
    }

    /**
     * This holds for requests that a call answers, for requests that are refused earlier, and for any name of the
     * parameter.
     */
    @Test
    void theAccessLogNeverHasATokenOfAQuery() throws Exception {
        String token = practice.aliceAuthorizes(port).accessToken();
        String bearer = "Bearer " + token;
        for (String name : List.of("access_token", "token", "TOKEN", "%74oken", "t")) {
            String query = "?" + name + "=" + token;
            RawHttp.get(port, Practice.VERIFY + query).send();
            RawHttp.post(port, Practice.VERIFY + query).send();
            RawHttp.get(port, "/VEDAUTH//Authorize/Verify/" + query).send();
            RawHttp.get(port, "/nowhere" + query).send();
            RawHttp.post(port, Practice.TOKEN + query)
                    .header("Content-Length", "9999999")
                    .send();
            form("/oauth2/introspect" + query, "token=x");
        }
        for (String name : List.of("access_token", "token", "TOKEN", "%74oken")) {
            String query = "?" + name + "=" + token;
            assertThat(RawHttp.get(port, Practice.VERIFY + query)
                            .header("Authorization", bearer)
                            .send()
                            .status())
                    .as("a token in the query is refused, although there is another in the header: %s", name)
                    .isEqualTo(401);
            assertThat(RawHttp.get(port, Practice.REVOKE + query)
                            .header("Authorization", bearer)
                            .send()
                            .status())
                    .as(name)
                    .isEqualTo(202);
        }
        assertThat(RawHttp.get(port, Practice.VERIFY)
                        .body(FORM, "access_token=" + token)
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(RawHttp.get(port, Practice.REVOKE)
                        .body(FORM, "access_token=" + token)
                        .send()
                        .status())
                .isEqualTo(202);
        assertThat(Practice.verify(port, token).status()).isEqualTo(200);
        RawHttp.get(port, "/the-end").send();
        kerbearer.awaitWords("GET /the-end HTTP/1.1");
        assertThat(kerbearer.output())
                .contains("GET " + Practice.VERIFY + "?<hidden> HTTP/1.1")
                .contains("POST " + Practice.VERIFY + "?<hidden> HTTP/1.1")
                .doesNotContain(token);
    }

    private static Answer guess(String user) throws IOException {
        NtlmClient client = NtlmClient.of("WORKGROUP", user, "Wrong horse battery");
        try (KeptConnection connection = KeptConnection.to(port)) {
            String challenge = ntlm(connection, client.negotiate())
                    .header("WWW-Authenticate")
                    .map(value -> value.substring("NTLM ".length()))
                    .orElseThrow();
            return ntlm(connection, client.authenticate(Base64.getDecoder().decode(challenge)));
        }
    }

    private static Answer ntlm(KeptConnection connection, byte[] message) {
        Optional<Answer> answer = connection.ask(from(RawHttp.post(port, Practice.AUTHORIZE))
                .header("Authorization", "NTLM " + Base64.getEncoder().encodeToString(message))
                .json(Practice.REQUEST));
        return answer.orElseThrow();
    }
}
