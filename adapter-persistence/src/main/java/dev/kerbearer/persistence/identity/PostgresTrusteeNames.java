package dev.kerbearer.persistence.identity;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.port.TrusteeNames;
import dev.kerbearer.persistence.sql.Statements;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.UUID;

/** Trustees' names in the table {@code trustee_names}. */
public final class PostgresTrusteeNames implements TrusteeNames {

    private final Statements statements;

    public PostgresTrusteeNames(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Optional<Identity> find(PrefixedName name) {
        return statements.run("select guid from trustee_names where provider = ? and name = ?", statement -> {
            try (ResultSet row = statement
                    .with(name.provider().name())
                    .with(name.name())
                    .ready()
                    .executeQuery()) {
                return row.next()
                        ? Optional.of(new Identity(name.provider(), row.getObject(1, UUID.class)))
                        : Optional.empty();
            }
        });
    }

    @Override
    public void remember(PrefixedName name, Identity identity) {
        statements.run(
                """
                insert into trustee_names (provider, name, guid) values (?, ?, ?)
                on conflict (provider, name) do update set guid = excluded.guid
                where trustee_names.guid <> excluded.guid
                """,
                statement -> statement
                        .with(name.provider().name())
                        .with(name.name())
                        .with(identity.guid())
                        .ready()
                        .executeUpdate());
    }
}
