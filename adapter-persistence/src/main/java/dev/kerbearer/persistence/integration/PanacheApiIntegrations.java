package dev.kerbearer.persistence.integration;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.version.Version;
import dev.kerbearer.domain.version.Versioned;
import dev.kerbearer.persistence.audit.PostgresAudit;
import dev.kerbearer.persistence.grant.EndedGrants;
import dev.kerbearer.persistence.sql.RuleChanges;
import dev.kerbearer.persistence.sql.Statements;
import dev.kerbearer.persistence.sql.Transactions;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Stores integrations in the table {@code api_integrations}. */
public final class PanacheApiIntegrations implements ApiIntegrations, PanacheRepositoryBase<ApiIntegrationRow, String> {

    private static final String FIND = """
            select id, name, description, vendor, url, api_integrations.scope, api_integrations.access_validity,
                   api_integrations.grant_validity, api_integrations.renewable, reuse_leeway, token_format, audience, enabled, version,
                   trustee_provider, trustee_guid, access_rules.scope as rule_scope,
                   access_rules.access_validity as rule_access_validity,
                   access_rules.grant_validity as rule_grant_validity, access_rules.renewable as rule_renewable
            from api_integrations left join access_rules on integration_id = id
            where id = ?
            """;

    private final Statements statements;

    public PanacheApiIntegrations(Statements statements) {
        this.statements = statements;
    }

    /** Bypasses the mapper, which took four times as long, because sign-ins call this. */
    @Override
    public Optional<Versioned<ApiIntegration>> find(ClientId id) {
        return statements.run(FIND, statement -> {
            try (ResultSet row = statement.with(id.value()).ready().executeQuery()) {
                return row.next() ? Optional.of(versioned(row)) : Optional.empty();
            }
        });
    }

    private static Versioned<ApiIntegration> versioned(ResultSet row) throws SQLException {
        Version version = new Version(row.getLong("version"));
        return new Versioned<>(integration(row), version);
    }

    /** Returns the integration of the current row, with the rules of that row and all following rows. */
    private static ApiIntegration integration(ResultSet row) throws SQLException {
        ApiIntegrationRow found = new ApiIntegrationRow(new ClientId(row.getString("id")));
        found.name = row.getString("name");
        found.description = row.getString("description");
        found.vendor = row.getString("vendor");
        found.url = row.getString("url");
        found.scope = row.getString("scope");
        found.terms = terms(row, "");
        found.reuseLeeway = row.getObject("reuse_leeway", Integer.class);
        found.tokenFormat = Optional.ofNullable(row.getString("token_format"))
                .map(TokenFormat::valueOf)
                .orElse(null);
        found.audience = row.getString("audience");
        found.enabled = row.getBoolean("enabled");
        do {
            String provider = row.getString("trustee_provider");
            if (provider != null) {
                found.access.add(new AccessRuleRow(
                        provider,
                        row.getObject("trustee_guid", UUID.class),
                        row.getString("rule_scope"),
                        terms(row, "rule_")));
            }
        } while (row.next());
        return found.toDomain();
    }

    private static TermsColumns terms(ResultSet row, String prefix) throws SQLException {
        return new TermsColumns(
                row.getObject(prefix + "access_validity", Integer.class),
                row.getObject(prefix + "grant_validity", Integer.class),
                row.getObject(prefix + "renewable", Boolean.class));
    }

    @Override
    public void put(ApiIntegration integration, Act.ByName act) {
        if (!isStored(integration)) {
            Transactions.run(() -> putInTransaction(integration, act));
        }
    }

    /** Most starts import what is stored already. Then they take no lock, for which they would wait for sign-ins. */
    private boolean isStored(ApiIntegration integration) {
        return integration.enabled()
                && find(integration.id())
                        .filter(stored -> stored.value().isSame(integration))
                        .isPresent();
    }

    private void putInTransaction(ApiIntegration integration, Act.ByName act) {
        RuleChanges.begin(getEntityManager());
        Optional<Long> before = lockedVersion(integration.id());
        ApiIntegrationRow row = findByIdOptional(integration.id().value()).orElseGet(() -> {
            ApiIntegrationRow created = new ApiIntegrationRow(integration.id());
            created.take(integration);
            persist(created);
            return created;
        });
        row.take(integration);
        flush();
        if (before.isEmpty()) {
            PostgresAudit.write(getEntityManager(), AuditEvent.integrationCreated(act, integration.id()));
        } else if (!lockedVersion(integration.id()).equals(before)) {
            PostgresAudit.write(getEntityManager(), AuditEvent.integrationChanged(act, integration.id()));
        }
        if (!integration.enabled()) {
            EndedGrants.ofClient(getEntityManager(), integration.id(), act);
        }
    }

    private Optional<Long> lockedVersion(ClientId id) {
        return RuleChanges.lockedVersion(getEntityManager(), "api_integrations", "id", id.value());
    }
}
