package dev.kerbearer.persistence;

import static java.util.stream.Collectors.toSet;

import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.port.Directory;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import java.util.Optional;
import java.util.UUID;

/** The provider {@code local}, in the table {@code local_identities}. */
final class PanacheLocalDirectory implements Directory, PanacheRepositoryBase<LocalIdentityRow, UUID> {

    @Override
    public Recognition recognise(Principal principal) {
        return Transactions.call(() -> find(
                        "select u from LocalIdentityRow u join u.principals p left join fetch u.groups"
                                + " where p.realm = ?1 and p.name = ?2",
                        principal.realm(),
                        principal.name())
                .singleResultOptional()
                .map(PanacheLocalDirectory::recognised)
                .orElseGet(Recognition.Unknown::new));
    }

    @Override
    public Recognition recognise(Identity identity) {
        return Transactions.call(() -> find(
                        "select u from LocalIdentityRow u left join fetch u.groups where u.guid = ?1 and u.kind = ?2",
                        identity.guid(),
                        LocalIdentityRow.USER)
                .singleResultOptional()
                .map(PanacheLocalDirectory::recognised)
                .orElseGet(Recognition.Unknown::new));
    }

    private static Recognition recognised(LocalIdentityRow user) {
        return user.enabled
                ? new Recognition.Recognised(new Caller(
                        user.identity(),
                        user.prefixedName(),
                        user.groups.stream().map(LocalIdentityRow::identity).collect(toSet())))
                : new Recognition.Disabled(user.identity());
    }

    @Override
    public Optional<Identity> find(PrefixedName name) {
        return Transactions.call(
                () -> find("name", name.name()).singleResultOptional().map(LocalIdentityRow::identity));
    }
}
