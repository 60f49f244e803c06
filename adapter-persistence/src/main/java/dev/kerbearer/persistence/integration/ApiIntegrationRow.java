package dev.kerbearer.persistence.integration;

import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.Audience;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.ReuseLeeway;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.integration.TokenOverride;
import dev.kerbearer.domain.scope.Scope;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code api_integrations} with its {@code access_rules}. */
@Entity
@Table(name = "api_integrations")
@NullUnmarked
class ApiIntegrationRow {

    @Id
    String id;

    String name;
    String description;
    String vendor;
    String url;
    String scope;

    @Embedded
    TermsColumns terms;

    @Column(name = "reuse_leeway")
    Integer reuseLeeway;

    @Column(name = "token_format")
    @Enumerated(EnumType.STRING)
    TokenFormat tokenFormat;

    String audience;
    boolean enabled;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "access_rules", joinColumns = @JoinColumn(name = "integration_id"))
    @Column(nullable = false)
    Set<AccessRuleRow> access = new HashSet<>();

    ApiIntegrationRow() {}

    ApiIntegrationRow(ClientId id) {
        this.id = id.value();
    }

    void take(ApiIntegration integration) {
        name = integration.description().name();
        description = integration.description().text();
        vendor = integration.description().vendor();
        url = integration.description().url();
        scope = integration.scope().asGranted();
        terms = TermsColumns.of(integration.terms());
        reuseLeeway = integration
                .reuseLeeway()
                .map(leeway -> Math.toIntExact(leeway.duration().toSeconds()))
                .orElse(null);
        tokenFormat = integration.tokens().format().orElse(null);
        audience = integration.tokens().audience().map(Audience::value).orElse(null);
        enabled = integration.enabled();
        Set<AccessRuleRow> rules = new HashSet<>();
        integration.access().forEach(rule -> rules.add(AccessRuleRow.of(rule)));
        access.retainAll(rules);
        access.addAll(rules);
    }

    ApiIntegration toDomain() {
        return new ApiIntegration(
                new ClientId(id),
                new ApiIntegration.Description(name, description, vendor, url),
                Scope.parse(scope),
                TermsColumns.toDomain(terms),
                Optional.ofNullable(reuseLeeway).map(ReuseLeeway::ofSeconds),
                new TokenOverride(
                        Optional.ofNullable(tokenFormat),
                        Optional.ofNullable(audience).map(Audience::new)),
                enabled,
                access.stream().map(AccessRuleRow::toDomain).toList());
    }
}
