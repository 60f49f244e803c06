package dev.kerbearer.persistence.identity;

import static java.util.stream.Collectors.toSet;

import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.version.Version;
import dev.kerbearer.persistence.sql.Statements;
import dev.kerbearer.persistence.sql.Statements.Bound;
import dev.kerbearer.persistence.sql.Transactions;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Looks up identities of the provider {@code local} in the table {@code local_identities}. */
public final class PanacheLocalDirectory implements Directory, PanacheRepositoryBase<LocalIdentityRow, UUID> {

    private static final String USER = """
            select guid, local_identities.name, enabled, version,
                   array(select group_guid from local_memberships where local_memberships.user_guid = guid) as groups
            from local_identities
            """;
    private static final String BY_PRINCIPAL =
            USER + "join local_principals on guid = user_guid where realm = ? and local_principals.name = ?";
    private static final String BY_GUID = USER + "where guid = ? and kind = 'user'";

    private final Statements statements;

    public PanacheLocalDirectory(Statements statements) {
        this.statements = statements;
    }

    /** Bypasses the mapper, which took four times as long, because sign-ins call this. */
    @Override
    public Recognition recognise(Principal principal) {
        return statements.run(
                BY_PRINCIPAL,
                statement -> recognised(statement.with(principal.realm()).with(principal.name())));
    }

    /** Bypasses the mapper too, because refreshes call this. */
    @Override
    public Recognition recognise(Identity identity) {
        return statements.run(BY_GUID, statement -> recognised(statement.with(identity.guid())));
    }

    private static Recognition recognised(Bound statement) throws SQLException {
        try (ResultSet user = statement.ready().executeQuery()) {
            return user.next() ? recognised(user) : new Recognition.Unknown();
        }
    }

    private static Recognition recognised(ResultSet user) throws SQLException {
        Identity identity = local(user.getObject("guid", UUID.class));
        if (!user.getBoolean("enabled")) {
            return new Recognition.Disabled(identity);
        }
        UUID[] groups = (UUID[]) user.getArray("groups").getArray();
        return new Recognition.Recognised(new Caller(
                identity,
                new PrefixedName(Provider.LOCAL, user.getString("name")),
                Arrays.stream(groups).map(PanacheLocalDirectory::local).collect(toSet()),
                Optional.of(new Version(user.getLong("version")))));
    }

    private static Identity local(UUID guid) {
        return new Identity(Provider.LOCAL, guid);
    }

    @Override
    public Optional<Identity> find(PrefixedName name) {
        return Transactions.call(
                () -> find("name", name.name()).singleResultOptional().map(LocalIdentityRow::identity));
    }
}
