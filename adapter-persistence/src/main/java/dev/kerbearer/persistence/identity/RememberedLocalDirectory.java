package dev.kerbearer.persistence.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.port.Directory;
import java.util.Optional;

/**
 * Caches local users who may sign in, with their versions. An outdated entry does no harm, because a grant is stored
 * only if the version is still current. Other names are not cached, so that made-up names cannot fill the memory.
 */
public final class RememberedLocalDirectory implements Directory {

    /** A user takes about 500 bytes, and more with many groups. */
    private static final long MOST_GROUPS = 40_000;

    private final Directory stored;
    private final Cache<Principal, Recognition.Recognised> byPrincipal = bounded();
    private final Cache<Identity, Recognition.Recognised> byIdentity = bounded();

    /** Remembers the users that are found in a directory. */
    public RememberedLocalDirectory(Directory stored) {
        this.stored = stored;
    }

    private static <K> Cache<K, Recognition.Recognised> bounded() {
        return Caffeine.newBuilder()
                .maximumWeight(MOST_GROUPS)
                .<K, Recognition.Recognised>weigher(
                        (key, user) -> user.caller().groups().size() + 4)
                .executor(Runnable::run)
                .build();
    }

    private static <K> Recognition keep(Cache<K, Recognition.Recognised> cache, K key, Recognition found) {
        if (found instanceof Recognition.Recognised user) {
            cache.put(key, user);
        } else {
            cache.invalidate(key);
        }
        return found;
    }

    @Override
    public Recognition recognise(Principal principal) {
        return keep(byPrincipal, principal, stored.recognise(principal));
    }

    @Override
    public Recognition recognise(Identity identity) {
        return keep(byIdentity, identity, stored.recognise(identity));
    }

    /** Ignores the data in the ticket, like {@link Directory#recognise(Principal, AuthorizationData)} by default. */
    @Override
    public Recognition remembered(Principal principal, Optional<AuthorizationData> ticket) {
        Recognition.Recognised known = byPrincipal.getIfPresent(principal);
        return known == null ? recognise(principal) : known;
    }

    @Override
    public Recognition remembered(Identity identity) {
        Recognition.Recognised known = byIdentity.getIfPresent(identity);
        return known == null ? recognise(identity) : known;
    }

    @Override
    public Optional<Identity> find(PrefixedName name) {
        return stored.find(name);
    }
}
