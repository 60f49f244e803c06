package dev.kerbearer.bootstrap;

import static dev.kerbearer.bootstrap.Practice.ALICE;
import static dev.kerbearer.bootstrap.Practice.AUTHORIZE;
import static dev.kerbearer.bootstrap.Practice.REVOKE;
import static dev.kerbearer.bootstrap.Practice.VERIFY;
import static dev.kerbearer.bootstrap.Practice.negotiate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.windowsauth.kerberos.KerberosClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every row of the tables in docs/wire.md, over real HTTP with tickets of a real KDC, against the packaged application.
 */
class WireIT {

    private static Practice practice;
    private static RunningKerbearer kerbearer;
    private static int port;

    @BeforeAll
    static void start() {
        practice = Practice.start();
        kerbearer = RunningKerbearer.start(practice.folder("node"), practice.configuration());
        port = kerbearer.port();
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    // authorize/integrated: the answer

    @Test
    void aSignInReturnsTokens() {
        long now = Instant.now().getEpochSecond();
        Answer answer = authorize(
                "{\"client_id\":\"sample-client\",\"scope\":\"SSH:manage;Certificate:Discover\",\"state\":\"x y\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertNotStored(answer);
        JsonNode json = answer.json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "access_token",
                        "refresh_token",
                        "expires_in",
                        "expires",
                        "token_type",
                        "scope",
                        "identity",
                        "refresh_until",
                        "state");
        assertThat(json.get("access_token").textValue()).matches("[A-Za-z0-9_-]{46}==");
        assertThat(json.get("refresh_token").textValue())
                .matches("[A-Za-z0-9_-]{46}==")
                .isNotEqualTo(answer.accessToken());
        assertThat(json.get("expires_in").isIntegralNumber()).isTrue();
        assertThat(json.get("expires_in").longValue()).isEqualTo(90 * 86_400);
        assertThat(json.get("expires").isIntegralNumber()).isTrue();
        assertThat(json.get("expires").longValue()).isCloseTo(now + 90 * 86_400, within(30L));
        assertThat(json.get("refresh_until").isIntegralNumber()).isTrue();
        assertThat(json.get("refresh_until").longValue() - json.get("expires").longValue())
                .isEqualTo((365 - 90) * 86_400);
        assertThat(json.get("token_type").textValue()).isEqualTo("Bearer");
        assertThat(json.get("scope").textValue()).isEqualTo("ssh:manage;certificate:discover");
        assertThat(json.get("identity").textValue()).isEqualTo(ALICE);
        assertThat(json.get("state").textValue()).isEqualTo("x y");
    }

    @Test
    void aGroupRuleSetsItsOwnTerms() {
        JsonNode json = authorize("{\"client_id\":\"group-client\",\"scope\":\"certificate:discover\"}")
                .json();
        assertThat(json.has("refresh_token")).isFalse();
        assertThat(json.has("state")).isFalse();
        assertThat(json.get("expires_in").longValue())
                .as("without refresh the token lives as long as the grant")
                .isEqualTo(600);
        assertThat(json.get("expires")).isEqualTo(json.get("refresh_until"));
    }

    @Test
    void eachSignInMakesASeparateGrant() {
        String first = practice.aliceAuthorizes(port).accessToken();
        String second = practice.aliceAuthorizes(port).accessToken();
        assertThat(Practice.revoke(port, first).status()).isEqualTo(200);
        assertThat(Practice.verify(port, second).status()).isEqualTo(200);
    }

    @Test
    void theServiceAuthenticatesItselfOnSuccessAndOn400() {
        assertThat(practice.aliceAuthorizes(port).header("WWW-Authenticate").orElseThrow())
                .matches("Negotiate [A-Za-z0-9+/=]{40,}");
        Answer refused = authorize("{\"client_id\":\"unknown\",\"scope\":\"certificate\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("WWW-Authenticate").orElseThrow()).matches("Negotiate [A-Za-z0-9+/=]{40,}");
    }

    @Test
    void aRawTicketIsAccepted() {
        byte[] raw = practice.user("alice").rawToken("HTTP/localhost");
        assertThat(Practice.authorize(port, raw, Practice.REQUEST).status()).isEqualTo(200);
    }

    @Test
    void theSchemeNameIsCaseInsensitive() {
        String header =
                negotiate(practice.user("alice").token("HTTP/localhost")).replace("Negotiate", "NEGOTIATE");
        assertThat(RawHttp.post(port, AUTHORIZE)
                        .header("Authorization", header)
                        .json(Practice.REQUEST)
                        .send()
                        .status())
                .isEqualTo(200);
    }

    // authorize/integrated: the request

    @Test
    void aFormIsAccepted() {
        Answer answer = signedIn()
                .body(
                        "application/x-www-form-urlencoded",
                        "client_id=sample-client&scope=Certificate%3Adiscover%2Cmanage&state=a+b%26")
                .send();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("scope").textValue()).isEqualTo("certificate:discover,manage");
        assertThat(answer.json().get("state").textValue()).isEqualTo("a b&");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=utf-8", "Application/JSON", "application/json;charset=\"UTF-8\""})
    void theContentTypeMayHaveACharsetAndAnyCase(String type) {
        assertThat(signedIn().body(type, Practice.REQUEST).send().status()).isEqualTo(200);
    }

    @Test
    void nullAndUnknownMembersAreIgnored() {
        Answer answer = authorize("{\"client_id\":\"sample-client\",\"scope\":\"certificate\",\"state\":null,"
                + "\"redirect_uri\":\"\",\"username\":\"alice\",\"more\":{\"deep\":[1,2,{}]},\"Scope\":\"ssh\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("scope").textValue()).isEqualTo("certificate");
        assertThat(answer.json().has("state")).isFalse();
    }

    @Test
    void anEmptyStateIsNotEchoed() {
        assertThat(authorize("{\"client_id\":\"sample-client\",\"scope\":\"certificate\",\"state\":\"\"}")
                        .json()
                        .has("state"))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/vedauth/Authorize/Integrated",
                "/VEDAuth/authorize/integrated",
                "//vedauth/authorize/integrated",
                "/vedauth/authorize/integrated/",
                "//VEDAUTH/AUTHORIZE/INTEGRATED/"
            })
    void pathsMatchInAnyCaseAndWithAnExtraSlash(String path) {
        Answer answer = signedIn().request("POST", path).json(Practice.REQUEST).send();
        assertThat(answer.status()).isEqualTo(200);
    }

    // authorize/integrated: 400

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"scope":"certificate"}                                            | invalid_request
            {"client_id":"","scope":"certificate"}                             | invalid_request
            {"client_id":null,"scope":"certificate"}                           | invalid_request
            {"client_id":7,"scope":"certificate"}                              | invalid_request
            {"client_id":["sample-client"],"scope":"certificate"}              | invalid_request
            {"client_id":"sample-client","scope":{}}                           | invalid_request
            {"client_id":"sample-client","scope":"certificate","state":1}      | invalid_request
            {"client_id":"sample-client","client_id":"sample-client"}          | invalid_request
            {"x":1,"x":1,"client_id":"sample-client","scope":"certificate"}    | invalid_request
            {"client_id":"sample-client"                                       | invalid_request
            {"client_id":"sample-client","scope":"certificate"} x              | invalid_request
            ["client_id"]                                                      | invalid_request
            "client_id"                                                        | invalid_request
            {"Client_ID":"sample-client","scope":"certificate"}                | invalid_request
            {"client_id":"sample-client"}                                      | invalid_scope
            {"client_id":"sample-client","scope":""}                           | invalid_scope
            {"client_id":"sample-client","scope":null}                         | invalid_scope
            {"client_id":"sample-client","scope":"certificate:"}               | invalid_scope
            {"client_id":"sample-client","scope":"1"}                          | invalid_scope
            {"client_id":"sample-client","scope":"certificate:approve"}        | invalid_scope
            {"client_id":"sample-client","scope":"codesign"}                   | invalid_scope
            {"client_id":"group-client","scope":"certificate:manage"}          | invalid_scope
            {"client_id":"unknown","scope":"certificate"}                      | invalid_grant
            {"client_id":"Sample-Client","scope":"certificate"}                | invalid_grant
            {"client_id":"disabled-client","scope":"certificate"}              | invalid_grant
            """)
    void aBadRequestIsRefusedWithTheReason(String body, String error) {
        assertRefused(authorize(body), 400, error);
    }

    @Test
    void anUnreadableBodyIsAnInvalidRequest() {
        assertRefused(signedIn().send(), 400, "invalid_request");
        assertRefused(authorize(""), 400, "invalid_request");
        assertRefused(authorize("[".repeat(200)), 400, "invalid_request");
        assertRefused(authorize("{\"a\":" + "[".repeat(101) + "]".repeat(101) + "}"), 400, "invalid_request");
        byte[] latin1 = "{\"client_id\":\"zürich\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(signedIn().body("application/json", latin1).send(), 400, "invalid_request");
        String form = "application/x-www-form-urlencoded";
        assertRefused(signedIn().body(form, "client_id=a&client_id=a").send(), 400, "invalid_request");
        assertRefused(signedIn().body(form, "client_id=%zz").send(), 400, "invalid_request");
        assertRefused(signedIn().body(form, "client_id=%ff").send(), 400, "invalid_request");
        assertRefused(signedIn().body(form, "scope=certificate").send(), 400, "invalid_request");
    }

    @Test
    void anotherContentTypeIsRefused() {
        assertRefused(signedIn().body("text/plain", Practice.REQUEST).send(), 415, "invalid_request");
        assertRefused(signedIn().body("", Practice.REQUEST).send(), 415, "invalid_request");
    }

    @Test
    void aBodyOver64KiBIsRefused() {
        String padded = Practice.REQUEST + " ".repeat(64 * 1024 - Practice.REQUEST.length());
        assertThat(authorize(padded).status()).isEqualTo(200);
        assertRefused(authorize(padded + " "), 413, "invalid_request");
        assertRefused(
                signedIn()
                        .header("Transfer-Encoding", "chunked")
                        .body("application/json", padded + " ".repeat(1000))
                        .send(),
                413,
                "invalid_request");
        assertRefused(authorize(" ".repeat(1024 * 1024)), 413, "invalid_request");
    }

    @Test
    void aUserWithoutAccessIsAnUnauthorizedClient() {
        Answer answer = Practice.authorize(port, practice.user("bob").token("HTTP/localhost"), Practice.REQUEST);
        assertRefused(answer, 400, "unauthorized_client");
    }

    @Test
    void aClientWithoutIntegratedSignInIsAnInvalidClient() {
        var configuration = practice.configuration();
        configuration.put("kerbearer.settings.integrated", "false");
        try (RunningKerbearer off = RunningKerbearer.start(practice.folder("off"), configuration)) {
            assertRefused(practice.aliceAuthorizes(off.port()), 400, "invalid_client");
        }
    }

    // authorize/integrated: 401

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YWxpY2U6cHc=", "Bearer abc", "NTLM TlRMTVNTUAABAAAA", "Negotiated abc"})
    void aCallWithoutNegotiateGetsAChallenge(String authorization) {
        RawHttp request = RawHttp.post(port, AUTHORIZE).json("{");
        Answer answer = (authorization.isEmpty() ? request : request.header("Authorization", authorization)).send();
        assertRefused(answer, 401, "access_denied");
        assertThat(answer.headers("WWW-Authenticate")).containsExactly("Negotiate");
    }

    @Test
    void anUnknownPrincipalIsUnhandled() {
        Answer answer = Practice.authorize(port, practice.user("carol").token("HTTP/localhost"), Practice.REQUEST);
        assertRefused(answer, 401, "access_denied");
        assertThat(answer.description()).isEqualTo("Unhandled identity claim type");
        assertThat(answer.phrase()).isEqualTo("Unhandled identity claim type");
        assertThat(answer.headers("WWW-Authenticate")).containsExactly("Negotiate");
        Answer foreign = Practice.authorize(
                port, practice.forged().client("alice", "OTHER.EXAMPLE").inSpnego(), Practice.REQUEST);
        assertThat(foreign.description()).isEqualTo("Unhandled identity claim type");
    }

    @Test
    void aDisabledIdentityGetsNoGrant() {
        Answer answer = Practice.authorize(port, practice.user("dora").token("HTTP/localhost"), Practice.REQUEST);
        assertRefused(answer, 401, "access_denied");
        assertThat(answer.description()).isEqualTo("Failed to issue grant: the identity is disabled");
        assertThat(answer.headers("WWW-Authenticate")).containsExactly("Negotiate");
    }

    // authorize/verify

    @Test
    void aTokenIsVerified() {
        long now = Instant.now().getEpochSecond();
        Answer authorized =
                authorize("{\"client_id\":\"sample-client\",\"scope\":\"SSH:manage;Certificate:manage,discover\"}");
        Answer answer = Practice.verify(port, authorized.accessToken());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.phrase()).isEqualTo("Token is valid");
        assertNotStored(answer);
        JsonNode json = answer.json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "access_issued_on",
                        "access_issued_on_ISO8601",
                        "access_issued_on_unix_time",
                        "application",
                        "expires",
                        "expires_ISO8601",
                        "expires_unix_time",
                        "grant_issued_on",
                        "grant_issued_on_ISO8601",
                        "grant_issued_on_unix_time",
                        "identity",
                        "scope",
                        "valid_for");
        long issued = json.get("access_issued_on_unix_time").longValue();
        assertThat(issued).isCloseTo(now, within(30L));
        assertThat(json.get("access_issued_on").textValue()).isEqualTo("/Date(" + issued * 1000 + ")/");
        assertThat(json.get("access_issued_on_ISO8601").textValue())
                .isEqualTo(Instant.ofEpochSecond(issued).toString());
        assertThat(json.get("grant_issued_on_unix_time").longValue()).isEqualTo(issued);
        assertThat(json.get("expires_unix_time")).isEqualTo(authorized.json().get("refresh_until"));
        assertThat(json.get("expires_ISO8601").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(json.get("application").textValue()).isEqualTo("sample-client");
        assertThat(json.get("identity").textValue()).isEqualTo(ALICE);
        assertThat(json.get("scope").textValue()).isEqualTo("certificate:discover,manage;ssh:manage");
        assertThat(json.get("valid_for").longValue()).isEqualTo(90 * 86_400);
    }

    @Test
    void anyOtherTokenIsInvalid() throws Exception {
        Answer authorized = practice.aliceAuthorizes(port);
        String token = authorized.accessToken();
        assertInvalid(RawHttp.get(port, VERIFY));
        assertInvalid(RawHttp.get(port, VERIFY).header("Authorization", "Bearer"));
        assertInvalid(RawHttp.get(port, VERIFY).header("Authorization", "Bearer nobody's"));
        assertInvalid(RawHttp.get(port, VERIFY).header("Authorization", "Basic " + token));
        assertInvalid(RawHttp.get(port, VERIFY)
                .header(
                        "Authorization",
                        "Bearer " + authorized.json().get("refresh_token").textValue()));
        assertInvalid(RawHttp.get(port, VERIFY).header("Authorization", "Bearer " + token.toLowerCase(Locale.ROOT)));
        assertInvalid(RawHttp.get(port, VERIFY)
                .header("Authorization", "Bearer " + token)
                .header("Authorization", "Bearer " + token));
        String brief = authorize("{\"client_id\":\"brief-client\",\"scope\":\"certificate\"}")
                .accessToken();
        assertThat(Practice.verify(port, brief).status()).isEqualTo(200);
        TimeUnit.SECONDS.sleep(6);
        assertInvalid(RawHttp.get(port, VERIFY).header("Authorization", "Bearer " + brief));
    }

    @Test
    void aTokenInTheQueryStringIsRefusedEvenWithAValidOneInTheHeader() {
        String token = practice.aliceAuthorizes(port).accessToken();
        assertInvalid(RawHttp.get(port, VERIFY + "?access_token=" + token));
        assertInvalid(RawHttp.get(port, VERIFY + "?access_token=" + token).header("Authorization", "Bearer " + token));
        assertThat(RawHttp.get(port, REVOKE + "?access_token=" + token).send().status())
                .isEqualTo(202);
        assertThat(Practice.verify(port, token).status()).isEqualTo(200);
    }

    // revoke/token

    @Test
    void revokingEndsTheGrant() {
        String token = authorize("{\"client_id\":\"sample-client\",\"scope\":\"ssh;certificate:manage,discover\"}")
                .accessToken();
        Answer revoked = Practice.revoke(port, token);
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.phrase())
                .isEqualTo(
                        "Grant for identity " + ALICE + " with scope certificate:discover,manage;ssh has been revoked");
        assertThat(revoked.body()).isEmpty();
        assertThat(revoked.header("Content-Type")).isEmpty();
        assertThat(Practice.verify(port, token).status()).isEqualTo(401);
        assertNotFound(Practice.revoke(port, token));
    }

    @Test
    void revokingAnUnknownTokenFails() {
        assertNotFound(RawHttp.get(port, REVOKE).send());
        assertNotFound(Practice.revoke(port, "nobodys"));
    }

    @Test
    void aHeadRequestRevokesNothing() {
        String token = practice.aliceAuthorizes(port).accessToken();
        Answer head = RawHttp.get(port, REVOKE)
                .request("HEAD", REVOKE)
                .header("Authorization", "Bearer " + token)
                .send();
        assertThat(head.status()).isEqualTo(405);
        assertThat(Practice.verify(port, token).status()).isEqualTo(200);
    }

    // authorize/isAuthServer, and the rest

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/vedauth/authorize/isAuthServer",
                "/vedauth/Authorize/IsAuthServer",
                "//vedauth/authorize/isauthserver/"
            })
    void isAuthServerNeedsNoSignIn(String path) {
        Answer answer = RawHttp.get(port, path).send();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.phrase()).contains("Venafi Authentication Server").contains("Kerbearer");
    }

    @Test
    void everyAnswerForbidsSniffingAndNamesNoServer() {
        for (Answer answer : List.of(
                practice.aliceAuthorizes(port),
                RawHttp.get(port, VERIFY).send(),
                RawHttp.get(port, "/vedauth/authorize/nowhere").send(),
                RawHttp.get(port, "/nowhere").send(),
                RawHttp.get(port, AUTHORIZE).send())) {
            assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.header("Server")).isEmpty();
            assertThat(answer.body()).doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void anUnknownPathOrMethodGetsAnErrorInTheSameShape() {
        for (String path : List.of("/", "/nowhere", "/README.md", "/vedauth/authorize/nowhere")) {
            assertRefused(RawHttp.get(port, path).send(), 404, "invalid_request");
        }
        assertRefused(RawHttp.get(port, AUTHORIZE).send(), 405, "invalid_request");
        assertRefused(RawHttp.post(port, VERIFY).send(), 405, "invalid_request");
    }

    @Test
    void theReasonPhraseCannotContainALineBreak() {
        Answer answer = signedIn()
                .json(
                        "{\"client_id\":\"sample-client\",\"scope\":\"a\\r\\nX-Injected: yes\",\"state\":\"\\r\\nX-Injected: yes\"}")
                .send();
        assertRefused(answer, 400, "invalid_scope");
        assertThat(answer.header("X-Injected")).isEmpty();
    }

    @Test
    void theApiDescribesItself() {
        String description = RawHttp.get(port, "/q/openapi").send().body();
        assertThat(description)
                .contains("/vedauth/authorize/integrated", "/vedauth/authorize/verify", "/vedauth/revoke/token")
                .contains("/vedauth/authorize/isAuthServer")
                .contains("refresh_until", "error_description", "client_id", "application/x-www-form-urlencoded")
                .contains("X-Trace-Id", "Retry-After", "\"413\"")
                .contains("name: OAuth 2.0", "access-token: []", "scheme: bearer")
                .doesNotContain("Not Allowed", "SecurityScheme:", "Token Resource");
    }

    @Test
    void theTraceIdLinksAnErrorToItsLogLine() {
        Answer answer = authorize("{\"client_id\":\"unknown\",\"scope\":\"certificate\"}");
        assertThat(kerbearer.output()).contains(answer.header("X-Trace-Id").orElseThrow());
        assertThat(answer.description())
                .doesNotContain(answer.header("X-Trace-Id").orElseThrow());
    }

    @Test
    void readinessHasItsOwnPort() {
        assertThat(RawHttp.get(kerbearer.managementPort(), "/q/health/ready")
                        .send()
                        .body())
                .contains("\"UP\"");
        assertThat(RawHttp.get(port, "/q/health/ready").send().status()).isEqualTo(404);
    }

    private static RawHttp signedIn() {
        KerberosClient alice = practice.user("alice");
        return RawHttp.post(port, AUTHORIZE).header("Authorization", negotiate(alice.token("HTTP/localhost")));
    }

    private static Answer authorize(String json) {
        return signedIn().json(json).send();
    }

    private static void assertInvalid(RawHttp request) {
        Answer answer = request.send();
        assertRefused(answer, 401, "invalid_token");
        assertThat(answer.description())
                .isEqualTo("The access token provided is expired, revoked, malformed, or invalid for other reasons");
        assertThat(answer.phrase()).isEqualTo("Unauthorized");
        assertThat(answer.headers("WWW-Authenticate")).containsExactly("Bearer error=\"invalid_token\"");
    }

    private static void assertNotFound(Answer answer) {
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.phrase()).isEqualTo("Grant revocation failed: token not found");
        assertThat(answer.body()).isEmpty();
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().fieldNames()).toIterable().containsExactlyInAnyOrder("error", "error_description");
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.description()).isNotBlank();
        assertThat(answer.phrase()).isEqualTo(error.equals("invalid_token") ? "Unauthorized" : answer.description());
        assertThat(answer.header("X-Trace-Id")).isPresent();
        assertNotStored(answer);
    }

    private static void assertNotStored(Answer answer) {
        assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers("Pragma")).containsExactly("no-cache");
    }
}
