package dev.kerbearer.rest.json;

import dev.kerbearer.application.admin.IntegrationDefinition;
import dev.kerbearer.domain.integration.ApiIntegration.Description;
import dev.kerbearer.domain.integration.Audience;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.ReuseLeeway;
import dev.kerbearer.domain.integration.TermsOverride;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.integration.TokenOverride;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.scope.Scope;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An API integration as JSON; {@code id} and {@code scope} are required. Validities are seconds. */
record IntegrationJson(
        @Nullable String id,
        @Nullable String name,
        @Nullable String description,
        @Nullable String vendor,
        @Nullable String url,
        @Nullable String scope,
        @Nullable Long accessValidity,
        @Nullable Long grantValidity,
        @Nullable Boolean renewable,
        @Nullable Long reuseLeeway,
        @Nullable String tokenFormat,
        @Nullable String audience,
        @Nullable Boolean enabled,
        @Nullable List<RuleJson> access) {

    /** An access rule as JSON; {@code trustee} is required. */
    record RuleJson(
            @Nullable String trustee,
            @Nullable String scope,
            @Nullable Long accessValidity,
            @Nullable Long grantValidity,
            @Nullable Boolean renewable) {

        IntegrationDefinition.Rule toRule() {
            return new IntegrationDefinition.Rule(
                    required("trustee", trustee),
                    Optional.ofNullable(scope).map(Scope::parse),
                    terms(accessValidity, grantValidity, renewable));
        }
    }

    IntegrationDefinition toDefinition() {
        ClientId clientId = new ClientId(required("id", id));
        return new IntegrationDefinition(
                clientId,
                new Description(
                        Objects.requireNonNullElse(name, clientId.value()),
                        Objects.requireNonNullElse(description, ""),
                        Objects.requireNonNullElse(vendor, ""),
                        Objects.requireNonNullElse(url, "")),
                Scope.parse(required("scope", scope)),
                terms(accessValidity, grantValidity, renewable),
                Optional.ofNullable(reuseLeeway).map(ReuseLeeway::ofSeconds),
                new TokenOverride(
                        Optional.ofNullable(tokenFormat).map(TokenFormat::parse),
                        Optional.ofNullable(audience).map(Audience::new)),
                Objects.requireNonNullElse(enabled, true),
                Optional.ofNullable(access)
                        .map(rules -> rules.stream().map(RuleJson::toRule).toList()));
    }

    private static TermsOverride terms(@Nullable Long access, @Nullable Long grant, @Nullable Boolean renewable) {
        return new TermsOverride(
                Optional.ofNullable(access).map(Validity::ofSeconds),
                Optional.ofNullable(grant).map(Validity::ofSeconds),
                Optional.ofNullable(renewable));
    }

    static String required(String member, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("the member \"" + member + "\" is missing or empty");
        }
        return value;
    }
}
