package dev.kerbearer.persistence;

import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.ApiIntegrations;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import java.time.Instant;
import java.util.Optional;

/** Integrations in the table {@code api_integrations}. */
final class PanacheApiIntegrations implements ApiIntegrations, PanacheRepositoryBase<ApiIntegrationRow, String> {

    @Override
    public Optional<ApiIntegration> find(ClientId id) {
        return Transactions.call(() -> findByIdOptional(id.value()).map(ApiIntegrationRow::toDomain));
    }

    @Override
    public void put(ApiIntegration integration, Instant at) {
        Transactions.run(() -> {
            ApiIntegrationRow row = findByIdOptional(integration.id().value()).orElseGet(() -> {
                ApiIntegrationRow created = new ApiIntegrationRow(integration.id());
                created.take(integration);
                persist(created);
                return created;
            });
            row.take(integration);
            flush();
            if (!integration.enabled()) {
                EndedGrants.ofClient(getEntityManager(), integration.id(), at);
            }
        });
    }
}
