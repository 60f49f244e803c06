package dev.kerbearer.rest.oauth2;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kerbearer.rest.edge.members.WireMembers;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of {@code /oauth2/token}, for the API description; {@link OauthForm} reads it. */
@Schema(name = "OauthTokenRequest", description = "A refresh token and its client (RFC 6749 section 6)")
record OauthTokenBody(
        @JsonProperty(WireMembers.GRANT_TYPE) @Schema(description = "refresh_token", required = true)
        String grantType,

        @JsonProperty(WireMembers.CLIENT_ID) @Schema(description = "The client_id of the sign-in", required = true)
        String clientId,

        @JsonProperty(WireMembers.REFRESH_TOKEN) @Schema(description = "The live refresh token", required = true)
        String refreshToken,

        @JsonProperty(WireMembers.SCOPE) @Schema(description = "The granted scope; optional") @Nullable
        String scope) {

    /** Shows no token. */
    @Override
    public String toString() {
        return "OauthTokenBody[" + clientId + ", token hidden]";
    }
}
