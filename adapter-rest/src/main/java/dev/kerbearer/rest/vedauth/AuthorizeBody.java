package dev.kerbearer.rest.vedauth;

import dev.kerbearer.rest.edge.members.RequestMembers;
import dev.kerbearer.rest.edge.members.WireMembers;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an authorize call takes, as the API describes itself; it is read by {@link RequestMembers}. */
@Schema(name = "AuthorizeRequest", description = "What is asked for")
record AuthorizeBody(
        @JsonProperty(WireMembers.CLIENT_ID) @Schema(description = "Id of the API integration", required = true)
        String clientId,

        @JsonProperty(WireMembers.SCOPE)
        @Schema(
                description = "What the token is to be used for",
                examples = "certificate:discover,manage;ssh:manage",
                required = true)
        String scope,

        @JsonProperty(WireMembers.STATE) @Schema(description = "Comes back as it is") @Nullable
        String state) {}
