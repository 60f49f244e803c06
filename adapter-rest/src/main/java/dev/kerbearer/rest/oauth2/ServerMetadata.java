package dev.kerbearer.rest.oauth2;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The metadata of RFC 8414 section 2. It lists no scopes, because each integration has its own. */
@Schema(name = "ServerMetadata", description = "The metadata of this authorization server (RFC 8414 section 2)")
record ServerMetadata(
        @JsonProperty("issuer") String issuer,
        @JsonProperty("token_endpoint") String tokenEndpoint,
        @JsonProperty("introspection_endpoint") String introspectionEndpoint,
        @JsonProperty("revocation_endpoint") String revocationEndpoint,
        @JsonProperty("jwks_uri") String jwksUri,
        @JsonProperty("grant_types_supported") List<String> grantTypes,
        @JsonProperty("response_types_supported") List<String> responseTypes,

        @JsonProperty("token_endpoint_auth_methods_supported")
        List<String> tokenAuthMethods,

        @JsonProperty("introspection_endpoint_auth_methods_supported")
        List<String> introspectionAuthMethods,

        @JsonProperty("revocation_endpoint_auth_methods_supported")
        List<String> revocationAuthMethods) {

    static ServerMetadata of(String issuer) {
        return new ServerMetadata(
                issuer,
                issuer + Oauth2Face.TOKEN,
                issuer + Oauth2Face.INTROSPECT,
                issuer + Oauth2Face.REVOKE,
                issuer + Oauth2Face.JWKS,
                List.of("refresh_token"),
                List.of(),
                List.of("none"),
                List.of("client_secret_basic", "client_secret_post"),
                List.of("none"));
    }
}
