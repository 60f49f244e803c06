package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Token;
import com.nimbusds.oauth2.sdk.token.Tokens;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nimbus's OAuth 2.0 SDK finds the endpoints by the metadata, and refreshes, introspects and revokes with them. */
class NimbusIT {

    private static final ClientID CLIENT = new ClientID("sample-client");
    private static final ClientID FILES = new ClientID("files & more");
    private static final Secret SECRET = new Secret(StandardsIT.SECRET);

    private static Practice practice;
    private static RunningKerbearer kerbearer;
    private static AuthorizationServerMetadata server;

    @BeforeAll
    static void start() throws Exception {
        practice = Practice.start();
        kerbearer = RunningKerbearer.start(practice.folder("node"), StandardsIT.withResourceServers(practice));
        server = AuthorizationServerMetadata.resolve(new Issuer("http://localhost:" + kerbearer.port()));
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    @Test
    void itRefreshesAndIntrospectsAndRevokes() throws Exception {
        Answer issued = practice.aliceAuthorizes(kerbearer.port());
        RefreshToken first =
                new RefreshToken(issued.json().path("refresh_token").asText());
        Tokens tokens = refresh(first).toSuccessResponse().getTokens();
        assertThat(tokens.getAccessToken().getScope()).isEqualTo(Scope.parse("certificate:discover,manage"));
        for (ClientAuthentication way :
                List.of(new ClientSecretBasic(FILES, SECRET), new ClientSecretPost(FILES, SECRET))) {
            TokenIntrospectionSuccessResponse told =
                    introspect(way, tokens.getAccessToken()).toSuccessResponse();
            assertThat(told.isActive()).isTrue();
            assertThat(told.getClientID()).isEqualTo(CLIENT);
            assertThat(told.getSubject().getValue()).isEqualTo(Practice.ALICE);
            assertThat(told.getIssuer()).isEqualTo(server.getIssuer());
            assertThat(told.getTokenType()).isEqualTo(tokens.getAccessToken().getType());
            assertThat(told.getExpirationTime()).isAfter(told.getIssueTime());
        }
        HTTPResponse revoked = new TokenRevocationRequest(
                        server.getRevocationEndpointURI(), CLIENT, tokens.getRefreshToken())
                .toHTTPRequest()
                .send();
        assertThat(revoked.indicatesSuccess()).isTrue();
        assertThat(introspect(new ClientSecretBasic(FILES, SECRET), tokens.getAccessToken())
                        .toSuccessResponse()
                        .isActive())
                .isFalse();
        assertThat(refresh(tokens.getRefreshToken())
                        .toErrorResponse()
                        .getErrorObject()
                        .getCode())
                .isEqualTo("invalid_grant");
    }

    @Test
    void itUnderstandsTheRefusalOfAResourceServer() throws Exception {
        String token = practice.aliceAuthorizes(kerbearer.port()).accessToken();
        TokenIntrospectionResponse refused =
                introspect(new ClientSecretBasic(FILES, new Secret("guess")), new RefreshToken(token));
        assertThat(refused.toErrorResponse().getErrorObject().getCode()).isEqualTo("invalid_client");
        assertThat(refused.toErrorResponse().getErrorObject().getHTTPStatusCode())
                .isEqualTo(401);
    }

    private static TokenResponse refresh(RefreshToken token) throws Exception {
        return TokenResponse.parse(
                new TokenRequest.Builder(server.getTokenEndpointURI(), CLIENT, new RefreshTokenGrant(token))
                        .build()
                        .toHTTPRequest()
                        .send());
    }

    private static TokenIntrospectionResponse introspect(ClientAuthentication way, Token token) throws Exception {
        return TokenIntrospectionResponse.parse(
                new TokenIntrospectionRequest(server.getIntrospectionEndpointURI(), way, token)
                        .toHTTPRequest()
                        .send());
    }
}
