package dev.kerbearer.rest.vedauth;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kerbearer.rest.edge.members.RequestMembers;
import dev.kerbearer.rest.edge.members.WireMembers;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of an authorize call, for the API description; {@link RequestMembers} reads it. */
@Schema(name = "AuthorizeRequest", description = "The client and the scope that it requests")
record AuthorizeBody(
        @JsonProperty(WireMembers.CLIENT_ID) @Schema(description = "Id of the API integration", required = true)
        String clientId,

        @JsonProperty(WireMembers.SCOPE)
        @Schema(
                description = "The requested scope",
                examples = "certificate:discover,manage;ssh:manage",
                required = true)
        String scope,

        @JsonProperty(WireMembers.STATE) @Schema(description = "Returned unchanged in the answer") @Nullable
        String state) {}
