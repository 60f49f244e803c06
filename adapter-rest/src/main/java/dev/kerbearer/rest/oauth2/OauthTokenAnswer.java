package dev.kerbearer.rest.oauth2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.rest.token.OauthScope;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Tokens in the form of RFC 6749 section 5.1. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "OauthTokenAnswer", description = "The new tokens of a grant (RFC 6749 section 5.1)")
record OauthTokenAnswer(
        @JsonProperty("access_token") @Schema(description = "Bearer token", required = true)
        String accessToken,

        @JsonProperty("token_type") @Schema(description = "Bearer", required = true)
        String tokenType,

        @JsonProperty("expires_in") @Schema(description = "Seconds until the access token expires", required = true)
        long expiresIn,

        @JsonProperty("refresh_token") @Schema(description = "Replaces the refresh token of the request") @Nullable
        String refreshToken,

        @JsonProperty("scope") @Schema(description = "The granted scope, separated by spaces", required = true)
        String scope) {

    static OauthTokenAnswer of(IssuedGrant issued, TokenCodec codec, Instant now) {
        return new OauthTokenAnswer(
                codec.encode(issued),
                "Bearer",
                issued.grant().accessExpires().getEpochSecond() - now.getEpochSecond(),
                issued.tokens().refresh().map(TokenSecret::reveal).orElse(null),
                OauthScope.of(issued.grant().scope().asGranted()));
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "OauthTokenAnswer[tokens hidden]";
    }
}
