package dev.kerbearer.persistence.integration;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.AccessRule;
import dev.kerbearer.domain.scope.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code access_rules}. */
@Embeddable
record AccessRuleRow(
        @Column(name = "trustee_provider") String trusteeProvider,
        @Column(name = "trustee_guid") UUID trusteeGuid,
        @Nullable String scope,
        @Embedded @Nullable TermsColumns terms) {

    static AccessRuleRow of(AccessRule rule) {
        return new AccessRuleRow(
                rule.trustee().provider().name(),
                rule.trustee().guid(),
                rule.scope().map(Scope::asGranted).orElse(null),
                TermsColumns.of(rule.terms()));
    }

    AccessRule toDomain() {
        return new AccessRule(
                new Identity(new Provider(trusteeProvider), trusteeGuid),
                Optional.ofNullable(scope).map(Scope::parse),
                TermsColumns.toDomain(terms));
    }
}
