package dev.kerbearer.persistence;

import static java.util.stream.Collectors.toSet;

import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.port.LocalIdentities;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps the table {@code local_identities}. */
final class PanacheLocalIdentities implements LocalIdentities, PanacheRepositoryBase<LocalIdentityRow, UUID> {

    @Override
    public void put(LocalIdentity identity, Instant at) {
        try {
            Transactions.run(() -> putInTransaction(identity, at));
        } catch (RuntimeException fault) {
            // Names and principals are the schema's to keep apart; asking first would be a race.
            if (StorageFaults.isUniqueViolation(fault)) {
                throw new AlreadyTaken("the name " + identity.name() + " or one of the principals "
                        + identity.principals() + " is another identity's");
            }
            throw fault;
        }
    }

    private void putInTransaction(LocalIdentity identity, Instant at) {
        LocalIdentityRow user = existing(identity).orElseGet(() -> created(identity));
        if (!user.isUser()) {
            throw new AlreadyTaken(identity.name() + " is a group");
        }
        user.name = identity.name().name();
        user.enabled = identity.enabled();
        Set<PrincipalColumns> principals =
                identity.principals().stream().map(PrincipalColumns::of).collect(toSet());
        user.principals.retainAll(principals);
        user.principals.addAll(principals);
        Set<LocalIdentityRow> groups =
                identity.groups().stream().map(this::group).collect(toSet());
        user.groups.retainAll(groups);
        user.groups.addAll(groups);
        flush();
        if (!user.enabled) {
            EndedGrants.ofIdentity(getEntityManager(), user.identity(), at);
        }
    }

    private Optional<LocalIdentityRow> existing(LocalIdentity identity) {
        return identity.guid().isPresent() ? identity.guid().flatMap(this::findByIdOptional) : named(identity.name());
    }

    private LocalIdentityRow created(LocalIdentity identity) {
        return created(identity.guid().orElseGet(UUID::randomUUID), LocalIdentityRow.USER, identity.name());
    }

    private LocalIdentityRow created(UUID guid, String kind, PrefixedName name) {
        LocalIdentityRow row = new LocalIdentityRow(guid, kind, name);
        persist(row);
        return row;
    }

    private LocalIdentityRow group(PrefixedName name) {
        LocalIdentityRow group = named(name).orElseGet(() -> created(UUID.randomUUID(), LocalIdentityRow.GROUP, name));
        if (group.isUser()) {
            throw new AlreadyTaken("the group " + name + " cannot be made: that is a user's name");
        }
        return group;
    }

    private Optional<LocalIdentityRow> named(PrefixedName name) {
        return find("name", name.name()).singleResultOptional();
    }
}
