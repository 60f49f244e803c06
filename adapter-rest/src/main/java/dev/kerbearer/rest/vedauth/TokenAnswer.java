package dev.kerbearer.rest.vedauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenPair;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.port.TokenCodec;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answer to an authorize call: tokens and their details (docs/wire.md, authorize/integrated). */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TokenAnswer", description = "The tokens of a grant, and their details")
record TokenAnswer(
        @JsonProperty("access_token") @Schema(description = "Bearer token", required = true)
        String accessToken,

        @JsonProperty("refresh_token") @Schema(description = "Only if the grant can be refreshed") @Nullable
        String refreshToken,

        @JsonProperty("expires_in") @Schema(description = "Seconds until the access token expires", required = true)
        long expiresIn,

        @JsonProperty("expires") @Schema(description = "When that token expires, in epoch seconds", required = true)
        long expires,

        @JsonProperty("token_type") @Schema(description = "Bearer", required = true)
        String tokenType,

        @JsonProperty("scope")
        @Schema(description = "As granted: lower-case, in the order of the request", required = true)
        String scope,

        @JsonProperty("identity") @Schema(description = "Prefixed universal id of the user", required = true)
        String identity,

        @JsonProperty("refresh_until") @Schema(description = "When the grant ends, in epoch seconds", required = true)
        long refreshUntil,

        @JsonProperty("state") @Schema(description = "The state of the request, if it is not empty") @Nullable
        String state) {

    static TokenAnswer of(IssuedGrant issued, TokenCodec codec, Optional<String> state, Instant now) {
        Grant grant = issued.grant();
        TokenPair tokens = issued.tokens();
        return new TokenAnswer(
                codec.encode(issued),
                tokens.refresh().map(TokenSecret::reveal).orElse(null),
                grant.accessExpires().getEpochSecond() - now.getEpochSecond(),
                grant.accessExpires().getEpochSecond(),
                "Bearer",
                grant.scope().asGranted(),
                grant.identity().toString(),
                grant.refreshUntil().getEpochSecond(),
                state.filter(text -> !text.isEmpty()).orElse(null));
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "TokenAnswer[for " + identity + ", tokens hidden]";
    }
}
