package dev.kerbearer.domain.port;

import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.GrantId;
import dev.kerbearer.domain.grant.GrantTokens;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.password.SealedNtlmSecret;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.domain.version.Basis;
import dev.kerbearer.domain.version.Version;
import dev.kerbearer.domain.version.Versioned;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Implements every storage port with maps, for use-case tests. It passes the same contract as the PostgreSQL adapters.
 */
public final class InMemoryStorage
        implements Grants, AuditLog, ApiIntegrations, LocalIdentities, Directory, Expiring, ResourceServers {

    private final Map<PrefixedName, LocalIdentity> users = new HashMap<>();
    private final Map<PrefixedName, Identity> groups = new HashMap<>();
    private final Map<UUID, SealedNtlmSecret> verifiers = new HashMap<>();
    private final Map<ClientId, Versioned<ApiIntegration>> integrations = new HashMap<>();
    private final Map<UUID, Version> userVersions = new HashMap<>();
    private final Map<GrantId, GrantTokens> grants = new HashMap<>();
    private final Map<GrantId, Instant> endings = new HashMap<>();
    private final Map<ResourceServerId, ResourceServer> resourceServers = new HashMap<>();
    private final InMemoryFailedSignIns failedSignIns = new InMemoryFailedSignIns();
    private final Map<SignInDigest, Instant> signIns = new HashMap<>();
    private final List<AuditEvent> auditLines = new ArrayList<>();
    private boolean auditFails;
    private long versions;

    private final InstantSource clock;
    private final NtlmDerivation ntlm;

    /** Creates a storage with the system's clock. */
    public InMemoryStorage() {
        this(InstantSource.system());
    }

    /** Creates a storage with its own clock, like a database. */
    public InMemoryStorage(InstantSource clock) {
        this(clock, Samples.NTLM_DERIVATION);
    }

    /** Creates a storage for sign-ins with NTLM. */
    public InMemoryStorage(NtlmDerivation ntlm) {
        this(InstantSource.system(), ntlm);
    }

    private InMemoryStorage(InstantSource clock, NtlmDerivation ntlm) {
        this.clock = clock;
        this.ntlm = ntlm;
    }

    /** Runs something while no audit line can be written. */
    public void whileAuditFails(Runnable what) {
        setAuditFails(true);
        try {
            what.run();
        } finally {
            setAuditFails(false);
        }
    }

    private synchronized void setAuditFails(boolean fails) {
        auditFails = fails;
    }

    /** Writes an audit line, before the change that it describes. */
    private void writeDown(AuditEvent event) {
        if (auditFails) {
            throw new IllegalStateException("the audit line cannot be written");
        }
        auditLines.add(event);
    }

    /** Returns the audit lines so far, oldest first, without the lines of a test's set-up. */
    public synchronized List<AuditEvent> auditLines() {
        return StorageSamples.withoutSetUp(auditLines);
    }

    @Override
    public synchronized Issuance issue(IssuedGrant issued, Basis basis, SignInDigest signIn, Act.ByHolder act) {
        Grant grant = issued.grant();
        if (!isCurrent(grant, basis)) {
            return Issuance.CHANGED;
        }
        if (signInRefused(signIn, AuditEvent.issued(act, grant)) == Sighting.REPLAYED) {
            return Issuance.REPLAYED;
        }
        grants.put(grant.id(), GrantTokens.of(issued));
        return Issuance.RECORDED;
    }

    private boolean isCurrent(Grant grant, Basis basis) {
        Optional<Version> integration =
                find(grant.client()).filter(found -> found.value().enabled()).map(Versioned::version);
        return integration.equals(Optional.of(basis.integration())) && isCurrent(grant.identity(), basis);
    }

    private boolean isCurrent(Identity identity, Basis basis) {
        if (!identity.provider().equals(Provider.LOCAL)) {
            return true;
        }
        return recognise(identity) instanceof Recognition.Recognised user
                && user.caller().version().equals(basis.identity());
    }

    /** Returns the current versions, by which a grant can be issued or rotated. */
    public synchronized Basis basis(Grant grant) {
        return StoragePorts.basis(this, this, grant);
    }

    private Version nextVersion() {
        return new Version(++versions);
    }

    @Override
    public synchronized Optional<Grant> findByAccessToken(TokenDigest token) {
        return grants.values().stream()
                .flatMap(tokens -> tokens.ofAccessToken(token, clock.instant()).stream())
                .findFirst();
    }

    @Override
    public synchronized Optional<PresentedRefreshToken> findByRefreshToken(TokenDigest token) {
        Instant now = clock.instant();
        return grants.values().stream()
                .flatMap(tokens ->
                        tokens
                                .stateOf(token, now)
                                .map(state -> new PresentedRefreshToken(tokens.grant(), state))
                                .stream())
                .findFirst();
    }

    @Override
    public synchronized Rotation rotate(
            TokenDigest presented, Basis basis, Grant next, Successor successor, Duration leeway, Act.ByHolder act) {
        if (!isCurrent(next, basis)) {
            return new Rotation.Changed();
        }
        GrantTokens tokens = grants.get(next.id());
        if (tokens == null) {
            return new Rotation.Unknown();
        }
        GrantTokens.Step step = tokens.rotate(presented, next, successor, leeway, clock.instant());
        if (step.outcome() instanceof Rotation.Rotated rotated) {
            writeDown(AuditEvent.refreshed(act, rotated.grant()));
        }
        grants.put(next.id(), step.after());
        return step.outcome();
    }

    @Override
    public synchronized boolean endReused(TokenDigest presented, Act.ByHolder act) {
        Optional<PresentedRefreshToken> reused =
                findByRefreshToken(presented).filter(token -> token.state() == PresentedRefreshToken.State.REUSED);
        reused.ifPresent(token -> {
            writeDown(AuditEvent.reused(act, token.grant()));
            end(token.grant(), act.at());
        });
        return reused.isPresent();
    }

    @Override
    public synchronized void end(Grant grant, Ending ending, Act.ByHolder act) {
        Optional.ofNullable(grants.get(grant.id()))
                .filter(tokens -> !tokens.ended())
                .ifPresent(tokens -> {
                    writeDown(AuditEvent.ended(act, ending, grant));
                    end(grant, act.at());
                });
    }

    @Override
    public synchronized Optional<Grant> revoke(TokenDigest accessToken, Act.ByHolder act) {
        Optional<Grant> ended = findByAccessToken(accessToken).filter(grant -> grant.accessIsLiveAt(act.at()));
        ended.ifPresent(grant -> end(grant, Ending.REVOKED, act));
        return ended;
    }

    @Override
    public synchronized int forget(Expired what, int atMost) {
        if (what instanceof Expired.SignIns old) {
            return forgetSignIns(old.before(), atMost);
        }
        if (what instanceof Expired.Failures old) {
            return failedSignIns.forget(old.at());
        }
        if (what instanceof Expired.EndedGrants old) {
            return forgetGrants(old.over(), old.unused(), atMost);
        }
        if (what instanceof Expired.Links) {
            return forgetLinks();
        }
        throw new IllegalArgumentException("nothing is stored of " + what);
    }

    /** Returns the failed sign-ins, which have their own lock. */
    public FailedSignIns failedSignIns() {
        return failedSignIns;
    }

    private int forgetLinks() {
        long before = links();
        Instant now = clock.instant();
        grants.replaceAll((id, tokens) -> tokens.withoutOldLinks(now));
        return Math.toIntExact(before - links());
    }

    private long links() {
        return grants.values().stream()
                .flatMap(tokens -> tokens.replaced().stream())
                .filter(token -> token.link().isPresent())
                .count();
    }

    private void end(Grant grant, Instant at) {
        grants.computeIfPresent(grant.id(), (id, tokens) -> tokens.end());
        endings.putIfAbsent(grant.id(), at);
    }

    private void endThoseWhere(Predicate<Grant> condition, Instant at, Function<Grant, AuditEvent> line) {
        List<Grant> lived = grants.values().stream()
                .filter(tokens -> !tokens.ended())
                .map(GrantTokens::grant)
                .filter(condition)
                .toList();
        lived.forEach(grant -> end(grant, at));
        lived.stream().filter(grant -> !grant.isOverAt(at)).map(line).forEach(auditLines::add);
    }

    private int forgetGrants(Instant over, Optional<Instant> unused, int atMost) {
        int forgotten = forgetGrants(tokens -> true, this::overSince, over, atMost);
        return forgotten > 0 || unused.isEmpty()
                ? forgotten
                : forgetGrants(tokens -> !tokens.ended(), Grant::accessExpires, unused.get(), atMost);
    }

    private Instant overSince(Grant grant) {
        return Optional.ofNullable(endings.get(grant.id()))
                .filter(grant.refreshUntil()::isAfter)
                .orElse(grant.refreshUntil());
    }

    private int forgetGrants(Predicate<GrantTokens> which, Function<Grant, Instant> age, Instant before, int atMost) {
        List<GrantTokens> oldest = grants.values().stream()
                .filter(which)
                .filter(tokens -> age.apply(tokens.grant()).isBefore(before))
                .sorted(Comparator.comparing(tokens -> age.apply(tokens.grant())))
                .toList();
        int rows = 0;
        int forgotten = 0;
        for (GrantTokens tokens : oldest) {
            if (rows >= atMost) {
                break;
            }
            grants.remove(tokens.grant().id());
            rows += tokens.replaced().size() + 1;
            forgotten++;
        }
        return forgotten;
    }

    @Override
    public synchronized Sighting signInRefused(SignInDigest signIn, AuditEvent event) {
        if (signIns.containsKey(signIn)) {
            return Sighting.REPLAYED;
        }
        writeDown(event);
        signIns.put(signIn, event.at());
        return Sighting.FIRST;
    }

    @Override
    public synchronized void write(AuditEvent event) {
        writeDown(event);
    }

    private int forgetSignIns(Instant before, int atMost) {
        List<SignInDigest> old = signIns.entrySet().stream()
                .filter(seen -> seen.getValue().isBefore(before))
                .sorted(Map.Entry.comparingByValue())
                .limit(atMost)
                .map(Map.Entry::getKey)
                .toList();
        old.forEach(signIns::remove);
        return old.size();
    }

    @Override
    public synchronized Optional<Versioned<ApiIntegration>> find(ClientId id) {
        return Optional.ofNullable(integrations.get(id));
    }

    /** Stores it before or during a test, as an import does. {@link #auditLines} leaves out the line of it. */
    public void put(ApiIntegration integration, Instant at) {
        put(integration, StorageSamples.setUpAt(at));
    }

    @Override
    public synchronized void put(ApiIntegration integration, Act.ByName act) {
        Optional<ApiIntegration> before = find(integration.id()).map(Versioned::value);
        if (before.isEmpty()) {
            writeDown(AuditEvent.integrationCreated(act, integration.id()));
        } else if (!before.get().isSame(integration)) {
            writeDown(AuditEvent.integrationChanged(act, integration.id()));
        }
        integrations.put(integration.id(), new Versioned<>(integration, nextVersion()));
        if (!integration.enabled()) {
            endThoseWhere(
                    grant -> grant.client().equals(integration.id()),
                    act.at(),
                    grant -> AuditEvent.integrationDisabled(act, grant));
        }
    }

    /** Stores it before or during a test, as an import does. {@link #auditLines} leaves out the line of it. */
    public void put(LocalIdentity identity, Instant at) {
        put(identity, StorageSamples.setUpAt(at));
    }

    @Override
    public synchronized void put(LocalIdentity identity, Act.ByName act) {
        Optional<LocalIdentity> before = users.values().stream()
                .filter(user -> identity.guid().isPresent()
                        ? user.guid().equals(identity.guid())
                        : user.name().equals(identity.name()))
                .findFirst();
        if (identity.guid().filter(this::isGroup).isPresent()) {
            throw new AlreadyTaken(identity.name() + " is a group");
        }
        Optional<LocalIdentity> nameHolder = Optional.ofNullable(users.get(identity.name()));
        if (groups.containsKey(identity.name()) || (nameHolder.isPresent() && !nameHolder.equals(before))) {
            throw new AlreadyTaken("the name " + identity.name() + " is another's");
        }
        for (LocalIdentity other : users.values()) {
            if (!Optional.of(other).equals(before)) {
                identity.principals().stream()
                        .filter(other.principals()::contains)
                        .findFirst()
                        .ifPresent(principal -> {
                            throw new AlreadyTaken("the principal " + principal + " is another's");
                        });
            }
        }
        for (PrefixedName group : identity.groups()) {
            if (users.containsKey(group) && !Optional.of(group).equals(before.map(LocalIdentity::name))) {
                throw new AlreadyTaken("the name " + group + " is a user's");
            }
        }
        UUID guid =
                identity.guid().or(() -> before.flatMap(LocalIdentity::guid)).orElseGet(UUID::randomUUID);
        LocalIdentity kept = new LocalIdentity(
                identity.name(), Optional.of(guid), identity.principals(), identity.groups(), identity.enabled());
        if (before.isEmpty()) {
            writeDown(AuditEvent.identityCreated(act, kept.name(), identityOf(kept)));
        } else if (!before.get().equals(kept) || losesVerifier(identity, guid)) {
            writeDown(AuditEvent.identityChanged(act, kept.name(), identityOf(kept)));
        }
        before.ifPresent(user -> users.remove(user.name()));
        identity.groups()
                .forEach(group ->
                        groups.computeIfAbsent(group, name -> new Identity(Provider.LOCAL, UUID.randomUUID())));
        if (identity.ntlm().isEmpty()) {
            verifiers.remove(guid);
        } else if (before.isEmpty()) {
            verifiers.put(guid, sealed(identity.ntlm().get(), guid));
        }
        users.put(kept.name(), kept);
        userVersions.put(guid, nextVersion());
        if (!kept.enabled()) {
            endThoseWhere(
                    grant -> grant.identity().equals(identityOf(kept)),
                    act.at(),
                    grant -> AuditEvent.identityDisabled(act, grant));
        }
    }

    private boolean losesVerifier(LocalIdentity identity, UUID guid) {
        return identity.ntlm().isEmpty() && verifiers.containsKey(guid);
    }

    private SealedNtlmSecret sealed(Password password, UUID guid) {
        SecretSource random = new SecureRandom()::nextBytes;
        return SealedNtlmSecret.seal(ntlm.derive(password), guid, Samples.SERVER_KEYS.current(), random);
    }

    /** Returns the {@link NtlmVerifiers}, whose method name another port has too. */
    public NtlmVerifiers ntlmVerifiers() {
        return new NtlmVerifiers() {
            @Override
            public Optional<NtlmVerifier> find(PrefixedName name) {
                synchronized (InMemoryStorage.this) {
                    return Optional.ofNullable(users.get(name))
                            .flatMap(LocalIdentity::guid)
                            .filter(verifiers::containsKey)
                            .map(guid -> verifier(guid));
                }
            }

            @Override
            public List<NtlmVerifier> notSealedUnder(KeyId key, int atMost) {
                synchronized (InMemoryStorage.this) {
                    return verifiers.keySet().stream()
                            .map(guid -> verifier(guid))
                            .filter(kept -> !kept.secret().sealedUnder().equals(key))
                            .limit(atMost)
                            .toList();
                }
            }

            @Override
            public void replace(NtlmVerifier old, SealedNtlmSecret sealedAnew) {
                synchronized (InMemoryStorage.this) {
                    UUID guid = old.identity().guid();
                    verifiers.computeIfPresent(
                            guid,
                            (same, kept) ->
                                    Arrays.equals(kept.sealed(), old.secret().sealed()) ? sealedAnew : kept);
                }
            }

            private NtlmVerifier verifier(UUID guid) {
                return new NtlmVerifier(
                        new Identity(Provider.LOCAL, guid), Objects.requireNonNull(verifiers.get(guid)));
            }
        };
    }

    private boolean isGroup(UUID guid) {
        return groups.values().stream().anyMatch(group -> group.guid().equals(guid));
    }

    @Override
    public synchronized Recognition recognise(Principal principal) {
        return recognition(user -> user.principals().contains(principal));
    }

    @Override
    public synchronized Recognition recognise(Identity identity) {
        return recognition(user -> identityOf(user).equals(identity));
    }

    private Recognition recognition(Predicate<LocalIdentity> condition) {
        Optional<LocalIdentity> user = users.values().stream().filter(condition).findFirst();
        if (user.isEmpty()) {
            return new Recognition.Unknown();
        }
        return user.filter(LocalIdentity::enabled)
                .<Recognition>map(found -> new Recognition.Recognised(callerOf(found)))
                .orElseGet(() -> new Recognition.Disabled(identityOf(user.get())));
    }

    @Override
    public synchronized Optional<Identity> find(PrefixedName name) {
        return Optional.ofNullable(users.get(name))
                .map(InMemoryStorage::identityOf)
                .or(() -> Optional.ofNullable(groups.get(name)));
    }

    @Override
    public synchronized Optional<ResourceServer> find(ResourceServerId id) {
        return Optional.ofNullable(resourceServers.get(id));
    }

    /** Stores it before or during a test, as an import does. {@link #auditLines} leaves out the line of it. */
    public void put(ResourceServer server, Instant at) {
        put(server, StorageSamples.setUpAt(at));
    }

    @Override
    public synchronized void put(ResourceServer server, Act.ByName act) {
        Optional<ResourceServer> before = find(server.id());
        if (before.isEmpty()) {
            writeDown(AuditEvent.resourceServerCreated(act, server.id()));
        } else if (!before.get().equals(server)) {
            writeDown(AuditEvent.resourceServerChanged(act, server.id()));
        }
        resourceServers.put(server.id(), server);
    }

    private Caller callerOf(LocalIdentity user) {
        Set<Identity> userGroups = user.groups().stream().map(groups::get).collect(Collectors.toSet());
        return new Caller(identityOf(user), user.name(), userGroups, user.guid().map(userVersions::get));
    }

    private static Identity identityOf(LocalIdentity user) {
        return new Identity(Provider.LOCAL, user.guid().orElseThrow());
    }
}
