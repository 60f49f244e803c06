package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statements of docs/oauth2.md, over real HTTP against the packaged application. */
class StandardsIT {

    static final String SECRET = "0123456789 abc+def%/:ghi";

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ISSUER = "https://auth.practice.example/kb";

    private static Practice practice;
    private static RunningKerbearer kerbearer;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        practice = Practice.start();
        Map<String, String> configuration = withResourceServers(practice);
        configuration.put("kerbearer.public-url", ISSUER + "/");
        kerbearer = RunningKerbearer.start(practice.folder("node"), configuration);
        port = kerbearer.port();
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    /**
     * Configures three resource servers: one that may see everything, one that may see only another integration's
     * tokens, and one that is disabled.
     */
    static Map<String, String> withResourceServers(Practice practice) throws IOException {
        SeenSecrets.text(SECRET);
        Path folder = practice.folder("resource-servers");
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        Path file = Files.writeString(folder.resolve("resource-servers.json"), """
                [{"id": "files & more", "secret": "file:%1$s"},
                 {"id": "half-blind", "secret": "file:%1$s", "integrations": ["group-client"]},
                 {"id": "by-digest", "secret": "sha256:%2$s"},
                 {"id": "off", "secret": "file:%1$s", "enabled": false}]
                """.formatted(
                        secret, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        Map<String, String> configuration = new HashMap<>(practice.configuration());
        configuration.put("kerbearer.resource-servers.import", file.toString());
        return configuration;
    }

    // Metadata

    @Test
    void theMetadataNamesTheConfiguredAddressForAnyHostHeader() {
        Answer answer = RawHttp.get(port, "/.well-known/oauth-authorization-server")
                .header("X-Forwarded-Host", "evil.example")
                .send();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(Answer.of(("HTTP/1.1 200\r\n\r\n" + """
                {"issuer": "ISSUER",
                 "token_endpoint": "ISSUER/oauth2/token",
                 "introspection_endpoint": "ISSUER/oauth2/introspect",
                 "revocation_endpoint": "ISSUER/oauth2/revoke",
                 "jwks_uri": "ISSUER/oauth2/jwks",
                 "grant_types_supported": ["refresh_token"],
                 "response_types_supported": [],
                 "token_endpoint_auth_methods_supported": ["none"],
                 "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                 "revocation_endpoint_auth_methods_supported": ["none"]}
                """.replace("ISSUER", ISSUER))
                                .getBytes(StandardCharsets.UTF_8))
                        .json());
    }

    // Refresh

    @Test
    void aRefreshReturnsANewPair() {
        Answer issued = practice.aliceAuthorizes(port);
        Answer answer = refresh(
                "client_id=sample-client&refresh_token=" + refreshToken(issued) + "&scope=certificate:manage,discover");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertNotStored(answer);
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("access_token", "refresh_token", "expires_in", "token_type", "scope");
        assertThat(answer.json().get("token_type").textValue()).isEqualTo("Bearer");
        assertThat(Practice.verify(port, answer.accessToken()).status()).isEqualTo(200);
        assertThat(refreshToken(issued)).endsWith("==");
        assertThat(refresh("client_id=sample-client&scope=&refresh_token="
                                + refreshToken(issued).replace("=", "%3D"))
                        .accessToken())
                .as("within the leeway, with encoded padding")
                .isEqualTo(answer.accessToken());
    }

    @Test
    void scopeTokensAreSeparatedBySpaces() {
        Answer issued = Practice.authorize(
                port,
                practice.user("alice").token("HTTP/localhost"),
                "{\"client_id\":\"sample-client\",\"scope\":\"ssh:manage;certificate:manage\"}");
        Answer answer = refresh(
                "client_id=sample-client&scope=certificate:manage+ssh:manage&refresh_token=" + refreshToken(issued));
        assertThat(answer.json().path("scope").asText()).isEqualTo("ssh:manage certificate:manage");
        assertThat(introspect(answer.accessToken()).json().path("scope").asText())
                .isEqualTo("certificate:manage ssh:manage");
    }

    @Test
    void aBadRefreshIsRefusedWithTheReason() {
        String token = refreshToken(practice.aliceAuthorizes(port));
        String good = "client_id=sample-client&refresh_token=" + token;
        assertRefused(form("/oauth2/token", good), 400, "invalid_request");
        assertRefused(form("/oauth2/token", "grant_type=&" + good), 400, "invalid_request");
        assertRefused(form("/oauth2/token", "grant_type=password&" + good), 400, "unsupported_grant_type");
        assertRefused(refresh("refresh_token=" + token), 400, "invalid_request");
        assertRefused(refresh("client_id=sample-client"), 400, "invalid_request");
        assertRefused(refresh("client_id=sample-client&refresh_token=nobodys"), 400, "invalid_grant");
        assertRefused(refresh("client_id=group-client&refresh_token=" + token), 400, "invalid_grant");
        assertRefused(refresh(good + "&scope=certificate:manage"), 400, "invalid_scope");
        assertRefused(refresh(good + "&scope=1"), 400, "invalid_scope");
        assertRefused(refresh(good + "&client_id=sample-client"), 400, "invalid_request");
        assertUnknownClient(refresh("client_id=nobody&refresh_token=" + token));
        assertUnknownClient(refresh("client_id=disabled-client&refresh_token=" + token));
        assertUnknownClient(refresh(good + "&client_secret=guess"));
        assertUnknownClient(RawHttp.post(port, "/oauth2/token")
                .header("Authorization", basic("sample-client", ""))
                .body(FORM, "grant_type=refresh_token&" + good)
                .send());
        assertRefused(
                RawHttp.post(port, "/oauth2/token")
                        .json("{\"grant_type\":\"refresh_token\"}")
                        .send(),
                415,
                "invalid_request");
        assertRefused(
                form("/oauth2/token?refresh_token=" + token, "grant_type=refresh_token&" + good),
                400,
                "invalid_request");
        assertRefused(form("/oauth2/token", "x=" + "y".repeat(65 * 1024)), 413, "invalid_request");
        assertThat(refresh(good).status())
                .as("the refresh token is still valid")
                .isEqualTo(200);
    }

    // Introspection

    @Test
    void introspectionDescribesALiveToken() {
        Answer issued = practice.aliceAuthorizes(port);
        Answer answer = introspect(issued.accessToken());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertNotStored(answer);
        long expires = issued.json().get("expires").longValue();
        assertThat(answer.json().toString())
                .isEqualTo("{\"active\":true,\"scope\":\"certificate:discover,manage\",\"client_id\":\"sample-client\","
                        + "\"sub\":\"" + Practice.ALICE + "\",\"token_type\":\"Bearer\",\"exp\":" + expires
                        + ",\"iat\":" + (expires - 90 * 86_400) + ",\"iss\":\"" + ISSUER + "\"}");
        Answer ofRefresh = introspect(refreshToken(issued));
        assertThat(ofRefresh.json().path("token_type").asText()).isEqualTo("refresh_token");
        assertThat(ofRefresh.json().get("exp")).isEqualTo(issued.json().get("refresh_until"));
        assertThat(introspect("nobodys").body()).isEqualTo("{\"active\":false}");
        Practice.revoke(port, issued.accessToken());
        assertThat(introspect(issued.accessToken()).body()).isEqualTo("{\"active\":false}");
        assertThat(introspect(refreshToken(issued)).body()).isEqualTo("{\"active\":false}");
    }

    @Test
    void aJwtIsIntrospectedAndRevokedLikeAnyToken() {
        Answer issued = practice.aliceAuthorizesAs(port, "jwt-client", "ssh:manage");
        JsonNode told = introspect(issued.accessToken()).json();
        assertThat(told.path("active").asBoolean()).as(told.toString()).isTrue();
        assertThat(told.path("aud").asText()).isEqualTo("https://api.example");
        assertThat(told.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(told.get("exp")).isEqualTo(issued.json().get("expires"));
        Answer ofIssuer = practice.aliceAuthorizesAs(port, "plain-jwt-client", "certificate");
        assertThat(introspect(ofIssuer.accessToken()).json().path("aud").asText())
                .isEqualTo(ISSUER);
        assertRevoked(form("/oauth2/revoke", "client_id=jwt-client&token=" + issued.accessToken()));
        assertThat(introspect(issued.accessToken()).body()).isEqualTo("{\"active\":false}");
        assertRefused(refresh("client_id=jwt-client&refresh_token=" + refreshToken(issued)), 400, "invalid_grant");
    }

    @Test
    void aResourceServerAuthenticatesInEitherWay() {
        String token = practice.aliceAuthorizes(port).accessToken();
        assertThat(post("files & more", SECRET, token).json().path("active").asBoolean())
                .isTrue();
        assertThat(post("by-digest", "abc", token).json().path("active").asBoolean())
                .isTrue();
        assertThat(post("half-blind", SECRET, token).body()).isEqualTo("{\"active\":false}");
        assertUnknownClient(post("off", SECRET, token));
        assertUnknownClient(post("files & more", "guess", token));
        assertUnknownClient(post("nobody", SECRET, token));
        assertUnknownClient(form("/oauth2/introspect", "token=" + token));
        for (String authorization :
                new String[] {basic("files & more", "guess"), "Basic ???", "Basic YQ==", "Bearer " + token}) {
            assertUnknownClient(RawHttp.post(port, "/oauth2/introspect")
                    .header("Authorization", authorization)
                    .body(FORM, "token=" + token)
                    .send());
        }
        assertRefused(introspect(""), 400, "invalid_request");
        assertRefused(
                RawHttp.post(port, "/oauth2/introspect")
                        .header("Authorization", basic("files & more", SECRET))
                        .body(FORM, "token=" + token + "&client_id=off&client_secret=x")
                        .send(),
                400,
                "invalid_request");
        assertThat(RawHttp.get(port, "/oauth2/introspect?token=x").send().status())
                .isEqualTo(405);
    }

    // Revocation

    @Test
    void eitherTokenEndsTheWholeGrant() {
        Answer one = practice.aliceAuthorizes(port);
        assertRevoked(form("/oauth2/revoke", "client_id=sample-client&token=" + refreshToken(one)));
        assertThat(Practice.verify(port, one.accessToken()).status()).isEqualTo(401);
        assertRevoked(form("/oauth2/revoke", "client_id=sample-client&token=" + refreshToken(one)));
        Answer two = practice.aliceAuthorizes(port);
        assertRevoked(form(
                "/oauth2/revoke", "client_id=sample-client&token_type_hint=refresh_token&token=" + two.accessToken()));
        assertRefused(refresh("client_id=sample-client&refresh_token=" + refreshToken(two)), 400, "invalid_grant");
        assertRevoked(form("/oauth2/revoke", "client_id=sample-client&token=nobodys"));
    }

    @Test
    void aBadRevocationChangesNothing() {
        Answer issued = practice.aliceAuthorizes(port);
        String token = "token=" + issued.accessToken();
        assertRefused(form("/oauth2/revoke", token), 400, "invalid_request");
        assertRefused(form("/oauth2/revoke", "client_id=sample-client"), 400, "invalid_request");
        assertRefused(form("/oauth2/revoke", "client_id=group-client&" + token), 400, "invalid_grant");
        assertUnknownClient(form("/oauth2/revoke", "client_id=nobody&" + token));
        assertRefused(form("/oauth2/revoke?" + token, "client_id=sample-client"), 400, "invalid_request");
        assertThat(Practice.verify(port, issued.accessToken()).status()).isEqualTo(200);
    }

    private static Answer refresh(String form) {
        return form("/oauth2/token", "grant_type=refresh_token&" + form);
    }

    private static Answer introspect(String token) {
        return RawHttp.post(port, "/oauth2/introspect")
                .header("Authorization", basic("files & more", SECRET))
                .body(FORM, "token=" + token)
                .send();
    }

    private static Answer post(String id, String secret, String token) {
        return form(
                "/oauth2/introspect",
                "token=" + token + "&client_id=" + encoded(id) + "&client_secret=" + encoded(secret));
    }

    private static Answer form(String path, String form) {
        return RawHttp.post(port, path).body(FORM, form).send();
    }

    private static String basic(String id, String secret) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((encoded(id) + ":" + encoded(secret)).getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String refreshToken(Answer answer) {
        return answer.json().path("refresh_token").asText();
    }

    private static void assertRevoked(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertNotStored(answer);
    }

    private static void assertUnknownClient(Answer answer) {
        assertRefused(answer, 401, "invalid_client");
        assertThat(answer.headers("WWW-Authenticate")).containsExactly("Basic realm=\"Kerbearer\"");
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().fieldNames()).toIterable().containsExactlyInAnyOrder("error", "error_description");
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.description()).isNotBlank();
        assertNotStored(answer);
    }

    private static void assertNotStored(Answer answer) {
        assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers("Pragma")).containsExactly("no-cache");
    }
}
