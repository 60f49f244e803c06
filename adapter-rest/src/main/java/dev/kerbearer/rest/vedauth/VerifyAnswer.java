package dev.kerbearer.rest.vedauth;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kerbearer.domain.grant.Grant;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The details of a live access token. Each time has three formats, because clients read different ones. */
@Schema(name = "VerifyAnswer", description = "The details of a valid access token")
record VerifyAnswer(
        @JsonProperty("access_issued_on") @Schema(description = "/Date(epoch ms)/", required = true)
        String accessIssuedOn,

        @JsonProperty("access_issued_on_ISO8601") @Schema(required = true)
        String accessIssuedOnIso8601,

        @JsonProperty("access_issued_on_unix_time") @Schema(required = true)
        long accessIssuedOnUnixTime,

        @JsonProperty("application") @Schema(description = "The client_id as registered", required = true)
        String application,

        @JsonProperty("expires") @Schema(description = "When the grant ends, as /Date(epoch ms)/", required = true)
        String expires,

        @JsonProperty("expires_ISO8601") @Schema(required = true)
        String expiresIso8601,

        @JsonProperty("expires_unix_time") @Schema(required = true)
        long expiresUnixTime,

        @JsonProperty("grant_issued_on") @Schema(description = "/Date(epoch ms)/", required = true)
        String grantIssuedOn,

        @JsonProperty("grant_issued_on_ISO8601") @Schema(required = true)
        String grantIssuedOnIso8601,

        @JsonProperty("grant_issued_on_unix_time") @Schema(required = true)
        long grantIssuedOnUnixTime,

        @JsonProperty("identity") @Schema(description = "Prefixed universal id of the user", required = true)
        String identity,

        @JsonProperty("scope") @Schema(description = "Names and restrictions sorted", required = true)
        String scope,

        @JsonProperty("valid_for")
        @Schema(description = "Lifetime of the access token in seconds, from its issue", required = true)
        long validFor) {

    static VerifyAnswer of(Grant grant) {
        Instant access = grant.accessIssuedAt();
        Instant end = grant.refreshUntil();
        Instant issued = grant.issuedAt();
        return new VerifyAnswer(
                date(access),
                access.toString(),
                access.getEpochSecond(),
                grant.client().value(),
                date(end),
                end.toString(),
                end.getEpochSecond(),
                date(issued),
                issued.toString(),
                issued.getEpochSecond(),
                grant.identity().toString(),
                grant.scope().canonical(),
                Duration.between(access, grant.accessExpires()).toSeconds());
    }

    private static String date(Instant instant) {
        return "/Date(" + instant.toEpochMilli() + ")/";
    }
}
