package dev.kerbearer.rest.oauth2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kerbearer.application.grant.ActiveToken;
import dev.kerbearer.application.grant.ActiveToken.Kind;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.integration.Audience;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.rest.token.OauthScope;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The details of a token (RFC 7662 section 2.2); an inactive token has none. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "IntrospectionAnswer", description = "The details of a token (RFC 7662 section 2.2)")
record IntrospectionAnswer(
        @JsonProperty("active") @Schema(description = "Whether the token is valid now", required = true)
        boolean active,

        @JsonProperty("scope") @Schema(description = "Names and restrictions sorted, separated by spaces") @Nullable
        String scope,

        @JsonProperty("client_id") @Schema(description = "The client_id as registered") @Nullable
        String clientId,

        @JsonProperty("sub") @Schema(description = "Prefixed universal id of the user") @Nullable
        String subject,

        @JsonProperty("token_type")
        @Schema(description = "Bearer for an access token, refresh_token for a refresh token")
        @Nullable
        String tokenType,

        @JsonProperty("exp") @Schema(description = "When the token expires, in epoch seconds") @Nullable
        Long expires,

        @JsonProperty("iat") @Schema(description = "When the token was issued, in epoch seconds") @Nullable
        Long issuedAt,

        @JsonProperty("aud") @Schema(description = "The audience of a JWT") @Nullable
        String audience,

        @JsonProperty("iss") @Schema(description = "The issuer of the token") @Nullable
        String issuer) {

    static final IntrospectionAnswer NOT_ACTIVE =
            new IntrospectionAnswer(false, null, null, null, null, null, null, null, null);

    private static @Nullable String audience(Grant grant, String issuer) {
        return grant.form().format() == TokenFormat.JWT
                ? grant.form().audience().map(Audience::value).orElse(issuer)
                : null;
    }

    static IntrospectionAnswer of(ActiveToken token, String issuer) {
        Grant grant = token.grant();
        return new IntrospectionAnswer(
                true,
                OauthScope.of(grant.scope().canonical()),
                grant.client().value(),
                grant.identity().toString(),
                token.kind() == Kind.ACCESS ? "Bearer" : "refresh_token",
                token.expires().getEpochSecond(),
                grant.accessIssuedAt().getEpochSecond(),
                token.kind() == Kind.ACCESS ? audience(grant, issuer) : null,
                issuer);
    }
}
