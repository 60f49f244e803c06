package dev.kerbearer.rest.vedauth;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kerbearer.rest.edge.members.RequestMembers;
import dev.kerbearer.rest.edge.members.WireMembers;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of a refresh call, for the API description; {@link RequestMembers} reads it. */
@Schema(name = "RefreshRequest", description = "A refresh token and its client")
record RefreshBody(
        @JsonProperty(WireMembers.CLIENT_ID) @Schema(description = "The client_id of the sign-in", required = true)
        String clientId,

        @JsonProperty(WireMembers.REFRESH_TOKEN) @Schema(description = "The live refresh token", required = true)
        String refreshToken,

        @JsonProperty(WireMembers.GRANT_TYPE) @Schema(description = "refresh_token; optional") @Nullable
        String grantType) {

    /** Shows no token. */
    @Override
    public String toString() {
        return "RefreshBody[" + clientId + ", token hidden]";
    }
}
