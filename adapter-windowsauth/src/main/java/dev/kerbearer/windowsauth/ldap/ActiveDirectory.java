package dev.kerbearer.windowsauth.ldap;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kerbearer.domain.port.Directory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/** One domain of Active Directory, with the connections to it. */
public final class ActiveDirectory implements AutoCloseable {

    private final LdapConnections connections;
    private final DomainSearch search;
    private final Directory directory;

    private ActiveDirectory(DirectorySettings settings, InstantSource clock, LongSupplier nanoTime) {
        this.connections = new LdapConnections(settings, clock, nanoTime);
        this.search = new DomainSearch(connections, settings.base());
        this.directory = new LdapDirectory(settings.provider(), search, settings.cache(), clock, nanoTime::getAsLong);
    }

    /**
     * Connects to nobody yet: a directory that is away is no reason not to start.
     *
     * @throws IllegalArgumentException where the certificate authorities cannot be read
     */
    public static ActiveDirectory of(DirectorySettings settings, InstantSource clock) {
        return of(settings, clock, Ticker.systemTicker()::read);
    }

    static ActiveDirectory of(DirectorySettings settings, InstantSource clock, LongSupplier nanoTime) {
        return new ActiveDirectory(settings, clock, nanoTime);
    }

    /** Its users and groups. */
    public Directory directory() {
        return directory;
    }

    /** Whether it answers, within that time. */
    public boolean answers(Duration within) {
        return search.answers(within);
    }

    /**
     * What the domain is called.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where the directory cannot be asked
     */
    public DomainNames names() {
        return search.names();
    }

    /**
     * The forest that the domain belongs to, as it is now.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where the directory cannot be asked, and never could
     */
    public Forest forest() {
        return search.forest();
    }

    /**
     * Where users and groups are looked for.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where the directory cannot be asked
     */
    public String base() {
        return search.domain().base();
    }

    /**
     * Whether there is such a place.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where the directory cannot be asked
     */
    public boolean hasBase() {
        return search.hasBase();
    }

    /**
     * The accounts that a service principal is registered for; more than one is a mistake.
     *
     * @param service without its realm
     * @throws dev.kerbearer.domain.port.Unavailable where the directory cannot be asked
     */
    public List<ServiceAccount> accountsOf(String service) {
        return search.accountsOf(service);
    }

    @Override
    public void close() {
        connections.close();
    }
}
