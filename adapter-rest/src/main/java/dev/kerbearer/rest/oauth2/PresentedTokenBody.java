package dev.kerbearer.rest.oauth2;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kerbearer.rest.edge.members.WireMembers;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of introspection and revocation, for the API description; {@link OauthForm} reads it. */
@Schema(name = "PresentedToken", description = "A token to introspect or revoke (RFC 7009, RFC 7662)")
record PresentedTokenBody(
        @JsonProperty(OauthForm.TOKEN) @Schema(description = "An access or a refresh token", required = true)
        String token,

        @JsonProperty(OauthForm.TOKEN_TYPE_HINT)
        @Schema(description = "access_token or refresh_token: which kind to look up first")
        @Nullable
        String tokenTypeHint,

        @JsonProperty(WireMembers.CLIENT_ID)
        @Schema(description = "The client that revokes, or the resource server if it uses client_secret_post")
        @Nullable
        String clientId) {

    /** Shows no token. */
    @Override
    public String toString() {
        return "PresentedTokenBody[hidden]";
    }
}
