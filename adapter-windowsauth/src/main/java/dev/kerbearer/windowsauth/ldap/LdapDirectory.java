package dev.kerbearer.windowsauth.ldap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Unavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The users and groups of one domain of Active Directory. Answers are cached for the configured time, so that recent
 * users need no lookup and can sign in even if the directory is away.
 */
final class LdapDirectory implements Directory {

    private static final long MOST_KEPT = 100_000;

    private final Provider provider;
    private final DomainSearch search;
    private final InstantSource clock;
    private final Cache<Sid, Account> bySid;
    private final Cache<UUID, Account> byGuid;
    private final Cache<Principal, Account> byPrincipal;
    private final Cache<String, Identity> byName;
    private final Cache<UUID, Set<Sid>> memberships;
    private final Cache<UUID, Set<Sid>> ofTickets;
    private final Cache<Sid, Optional<UUID>> groups;

    LdapDirectory(Provider provider, DomainSearch search, Duration cache, InstantSource clock, Ticker ticker) {
        this.provider = provider;
        this.search = search;
        this.clock = clock;
        this.bySid = cache(cache, ticker);
        this.byGuid = cache(cache, ticker);
        this.byPrincipal = cache(cache, ticker);
        this.byName = cache(cache, ticker);
        this.memberships = cache(cache, ticker);
        this.ofTickets = cache(cache, ticker);
        this.groups = cache(cache, ticker);
    }

    private static <K, V> Cache<K, V> cache(Duration time, Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_KEPT)
                .expireAfterWrite(time)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Recognition recognise(Principal principal) {
        return recognised(named(principal));
    }

    /** Looks up a principal. The name may be ambiguous by now, so the cache is used only if the directory is away. */
    private Optional<Account> named(Principal principal) {
        try {
            Optional<Account> found = search.user(principal);
            found.ifPresentOrElse(user -> keep(byPrincipal, principal, user), () -> byPrincipal.invalidate(principal));
            return found;
        } catch (Unavailable away) {
            Account found = byPrincipal.getIfPresent(principal);
            if (found == null) {
                throw away;
            }
            return Optional.of(found);
        }
    }

    /**
     * Recognises the user of a ticket. A domain's KDC is trusted for its own users and groups only. So a user of
     * another domain is unknown here, whatever their name, and groups of other domains are ignored.
     */
    @Override
    public Recognition recognise(Principal principal, AuthorizationData ticket) {
        if (!search.isOwn(ticket.user())) {
            return new Recognition.Unknown();
        }
        Optional<Account> account = account(bySid, ticket.user(), search::user);
        Set<Sid> own = search.ownAmong(ticket.groups());
        account.ifPresent(user -> ofTickets.put(user.guid(), own));
        return recognition(account, user -> own);
    }

    @Override
    public Recognition recognise(Identity identity) {
        return recognised(account(byGuid, identity.guid(), search::user));
    }

    @Override
    public Optional<Identity> find(PrefixedName name) {
        Optional<Identity> found = search.named(name.name()).map(this::identity);
        String key = key(name);
        found.ifPresentOrElse(identity -> byName.put(key, identity), () -> byName.invalidate(key));
        return found;
    }

    /**
     * Looks up a name. The name may belong to another account by now, so the cache is used only if the directory is
     * away.
     */
    @Override
    public Optional<Identity> findOrRemember(PrefixedName name) {
        try {
            return find(name);
        } catch (Unavailable away) {
            Identity found = byName.getIfPresent(key(name));
            if (found == null) {
                throw away;
            }
            return Optional.of(found);
        }
    }

    private static String key(PrefixedName name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private Recognition recognised(Optional<Account> account) {
        return recognition(account, this::groupsOf);
    }

    /**
     * Returns the user's groups. If the directory is away, uses the groups of the last ticket, which can be hours old.
     */
    private Set<Sid> groupsOf(Account user) {
        try {
            return memberships.get(user.guid(), guid -> search.groupsOf(user));
        } catch (Unavailable away) {
            Set<Sid> ofTicket = ofTickets.getIfPresent(user.guid());
            if (ofTicket == null) {
                throw away;
            }
            return ofTicket;
        }
    }

    private Recognition recognition(Optional<Account> account, Function<Account, Set<Sid>> groupsOf) {
        if (account.isEmpty()) {
            return new Recognition.Unknown();
        }
        Account user = account.get();
        Identity identity = identity(user.guid());
        if (user.disabled()) {
            return new Recognition.Disabled(identity);
        }
        if (user.isOverAt(clock.instant())) {
            return new Recognition.Expired(identity);
        }
        if (user.mustChangePassword()) {
            return new Recognition.MustChangePassword(identity);
        }
        PrefixedName name = new PrefixedName(provider, user.name());
        return new Recognition.Recognised(new Caller(identity, name, identities(groupsOf.apply(user))));
    }

    /** Unknown users are not cached, so that a new user need not wait. */
    private <K> Optional<Account> account(Cache<K, Account> known, K key, Function<K, Optional<Account>> lookUp) {
        Account account = known.getIfPresent(key);
        if (account == null) {
            Optional<Account> found = lookUp.apply(key);
            found.ifPresent(user -> keep(known, key, user));
            return found;
        }
        return Optional.of(account);
    }

    private <K> void keep(Cache<K, Account> known, K key, Account user) {
        known.put(key, user);
        bySid.put(user.sid(), user);
        byGuid.put(user.guid(), user);
    }

    private Set<Identity> identities(Set<Sid> sids) {
        Map<Sid, Optional<UUID>> known = groups.getAll(sids, missing -> search.groups(Set.copyOf(missing)));
        return known.values().stream()
                .flatMap(Optional::stream)
                .map(this::identity)
                .collect(Collectors.toSet());
    }

    private Identity identity(UUID guid) {
        return new Identity(provider, guid);
    }
}
