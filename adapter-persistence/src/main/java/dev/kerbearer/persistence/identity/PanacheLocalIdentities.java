package dev.kerbearer.persistence.identity;

import static java.util.stream.Collectors.toSet;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.password.SealedNtlmSecret;
import dev.kerbearer.domain.port.LocalIdentities;
import dev.kerbearer.domain.port.NtlmDerivation;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.persistence.audit.PostgresAudit;
import dev.kerbearer.persistence.grant.EndedGrants;
import dev.kerbearer.persistence.sql.RuleChanges;
import dev.kerbearer.persistence.sql.StorageFaults;
import dev.kerbearer.persistence.sql.Transactions;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.persistence.Query;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Manages identities in the table {@code local_identities}. */
public final class PanacheLocalIdentities implements LocalIdentities, PanacheRepositoryBase<LocalIdentityRow, UUID> {

    private static final String KEEP_VERIFIER =
            "insert into ntlm_verifiers (user_guid, sealed_hash, sealed_under) values (?1, ?2, ?3)";
    private static final String ANY_VERIFIER = "select 1 from ntlm_verifiers where user_guid = ?1";
    private static final String DROP_VERIFIER = "delete from ntlm_verifiers where user_guid = ?1";

    private final NtlmDerivation ntlm;
    private final ServerKeys keys;
    private final SecretSource random;

    public PanacheLocalIdentities(NtlmDerivation ntlm, ServerKeys keys, SecretSource random) {
        this.ntlm = ntlm;
        this.keys = keys;
        this.random = random;
    }

    @Override
    public void put(LocalIdentity identity, Act.ByName act) {
        try {
            if (!Transactions.call(() -> isStored(identity))) {
                Transactions.run(() -> putInTransaction(identity, act));
            }
        } catch (RuntimeException fault) {
            // The schema enforces unique names and principals; checking first would be a race.
            if (StorageFaults.isUniqueViolation(fault)) {
                throw new AlreadyTaken("the name " + identity.name() + " or one of the principals "
                        + identity.principals() + " belongs to another identity");
            }
            throw fault;
        }
    }

    /** Most starts import what is stored already. Then they take no lock, for which they would wait for sign-ins. */
    private boolean isStored(LocalIdentity identity) {
        return identity.enabled()
                && existing(identity).filter(user -> isSame(user, identity)).isPresent();
    }

    private boolean isSame(LocalIdentityRow user, LocalIdentity identity) {
        return user.isUser()
                && user.enabled
                && user.name.equals(identity.name().name())
                && user.principals.equals(principalsOf(identity))
                && user.groups.stream()
                        .map(LocalIdentityRow::prefixedName)
                        .collect(toSet())
                        .equals(identity.groups())
                && (identity.ntlm().isPresent() || !hasVerifier(user.guid));
    }

    private boolean hasVerifier(UUID user) {
        return !getEntityManager()
                .createNativeQuery(ANY_VERIFIER, Integer.class)
                .setParameter(1, user)
                .getResultList()
                .isEmpty();
    }

    private static Set<PrincipalColumns> principalsOf(LocalIdentity identity) {
        return identity.principals().stream().map(PrincipalColumns::of).collect(toSet());
    }

    private void putInTransaction(LocalIdentity identity, Act.ByName act) {
        RuleChanges.begin(getEntityManager());
        Optional<Long> before = lockedVersion(identity);
        LocalIdentityRow user = existing(identity).orElseGet(() -> created(identity));
        if (!user.isUser()) {
            throw new AlreadyTaken(identity.name() + " is a group");
        }
        take(identity, user);
        flush();
        boolean verifierDropped = identity.ntlm().isEmpty() && execute(DROP_VERIFIER, user.guid) > 0;
        if (before.isEmpty()) {
            identity.ntlm().ifPresent(password -> keep(password, user.guid));
            PostgresAudit.write(getEntityManager(), AuditEvent.identityCreated(act, identity.name(), user.identity()));
        } else if (verifierDropped || !lockedVersion("guid", user.guid).equals(before)) {
            PostgresAudit.write(getEntityManager(), AuditEvent.identityChanged(act, identity.name(), user.identity()));
        }
        if (!user.enabled) {
            EndedGrants.ofIdentity(getEntityManager(), user.identity(), act);
        }
    }

    private void take(LocalIdentity identity, LocalIdentityRow user) {
        user.name = identity.name().name();
        user.enabled = identity.enabled();
        Set<PrincipalColumns> principals = principalsOf(identity);
        user.principals.retainAll(principals);
        user.principals.addAll(principals);
        Set<LocalIdentityRow> groups =
                identity.groups().stream().map(this::group).collect(toSet());
        user.groups.retainAll(groups);
        user.groups.addAll(groups);
    }

    private void keep(Password password, UUID user) {
        SealedNtlmSecret secret = SealedNtlmSecret.seal(ntlm.derive(password), user, keys.current(), random);
        execute(KEEP_VERIFIER, user, secret.sealed(), secret.sealedUnder().value());
    }

    private int execute(String sql, Object... parameters) {
        Query query = getEntityManager().createNativeQuery(sql);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query.executeUpdate();
    }

    private Optional<Long> lockedVersion(LocalIdentity identity) {
        return identity.guid()
                .map(guid -> lockedVersion("guid", guid))
                .orElseGet(() -> lockedVersion("name", identity.name().name()));
    }

    private Optional<Long> lockedVersion(String column, Object value) {
        return RuleChanges.lockedVersion(getEntityManager(), "local_identities", column, value);
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
            throw new AlreadyTaken("the group " + name + " cannot be created: a user has this name");
        }
        return group;
    }

    private Optional<LocalIdentityRow> named(PrefixedName name) {
        return find("name", name.name()).singleResultOptional();
    }
}
