package dev.kerbearer.persistence.integration;

import static java.util.stream.Collectors.toSet;

import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
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

    private static final String PUT = """
            insert into resource_servers (id, secret_digest, integrations, enabled) values (?, ?, ?::text[], ?)
            on conflict (id) do update set secret_digest = excluded.secret_digest,
                                           integrations = excluded.integrations,
                                           enabled = excluded.enabled
            """;

    private final Statements statements;

    public PostgresResourceServers(Statements statements) {
        this.statements = statements;
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
    public void put(ResourceServer server) {
        String @Nullable [] integrations = server.integrations()
                .map(seen -> seen.stream().map(ClientId::value).toArray(String[]::new))
                .orElse(null);
        statements.run(
                PUT,
                statement -> statement
                        .with(server.id().value())
                        .with(server.secret().bytes())
                        .with((Object) integrations)
                        .with(server.enabled())
                        .ready()
                        .executeUpdate());
    }
}
