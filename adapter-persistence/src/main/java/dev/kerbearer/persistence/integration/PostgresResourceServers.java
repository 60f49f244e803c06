package dev.kerbearer.persistence.integration;

import static java.util.stream.Collectors.toSet;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import dev.kerbearer.persistence.audit.PostgresAudit;
import dev.kerbearer.persistence.sql.Statements;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resource servers in the table {@code resource_servers}. */
public final class PostgresResourceServers implements ResourceServers {

    private static final String FIND =
            "select id, secret_digest, integrations, enabled from resource_servers where id = ?";

    /** Leaves a row alone that is already like this. A row that is inserted has no {@code xmax}, unlike an update. */
    private static final String PUT =
            """
            with put as (insert into resource_servers as stored (id, secret_digest, integrations, enabled)
                         values (?, ?, ?::text[], ?)
                         on conflict (id) do update set secret_digest = excluded.secret_digest,
                                                        integrations = excluded.integrations,
                                                        enabled = excluded.enabled
                         where (stored.secret_digest, stored.enabled, %2$s)
                               is distinct from (excluded.secret_digest, excluded.enabled, %3$s)
                         returning xmax = 0 as created),
                 created as (%1$s from put where created)
            %1$s from put where not created
            """.formatted(PostgresAudit.INSERT_SELECT, set("stored.integrations"), set("excluded.integrations"));

    private final Statements statements;

    public PostgresResourceServers(Statements statements) {
        this.statements = statements;
    }

    /** The order of an array is no part of the set that it stands for. */
    private static String set(String array) {
        return "%1$s is null, array(select x from unnest(%1$s) as x order by x)".formatted(array);
    }

    @Override
    public Optional<ResourceServer> find(ResourceServerId id) {
        return statements.run(FIND, statement -> {
            try (ResultSet row = statement.with(id.value()).ready().executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        });
    }

    private static ResourceServer read(ResultSet row) throws SQLException {
        return new ResourceServer(
                new ResourceServerId(row.getString("id")),
                Sha256.ofDigest(row.getBytes("secret_digest")),
                integrations(row.getArray("integrations")),
                row.getBoolean("enabled"));
    }

    private static Optional<Set<ClientId>> integrations(@Nullable Array column) throws SQLException {
        return column == null
                ? Optional.empty()
                : Optional.of(Stream.of((String[]) column.getArray())
                        .map(ClientId::new)
                        .collect(toSet()));
    }

    @Override
    public void put(ResourceServer server, Act.ByName act) {
        String @Nullable [] integrations =
                server.integrations().map(PostgresResourceServers::ids).orElse(null);
        statements.run(PUT, statement -> {
            statement
                    .with(server.id().value())
                    .with(server.secret().bytes())
                    .with((Object) integrations)
                    .with(server.enabled());
            PostgresAudit.bind(statement, AuditEvent.resourceServerCreated(act, server.id()));
            PostgresAudit.bind(statement, AuditEvent.resourceServerChanged(act, server.id()));
            return statement.ready().executeUpdate();
        });
    }

    private static String[] ids(Set<ClientId> integrations) {
        return integrations.stream().map(ClientId::value).toArray(String[]::new);
    }
}
