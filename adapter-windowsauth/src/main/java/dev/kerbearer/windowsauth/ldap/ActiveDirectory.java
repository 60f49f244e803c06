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
    private final NamingContexts contexts;
    private final DomainSearch search;
    private final Directory directory;

    private ActiveDirectory(DirectorySettings settings, InstantSource clock, LongSupplier nanoTime) {
        this.connections = new LdapConnections(settings, clock, nanoTime);
        this.contexts = new NamingContexts(connections, settings.base());
        this.search = new DomainSearch(connections, contexts);
        this.directory = new LdapDirectory(settings.provider(), search, settings.cache(), clock, nanoTime::getAsLong);
    }

    /**
     * Creates a directory without connecting, so that the service starts even if the directory is away.
     *
     * @throws IllegalArgumentException if the certificate authorities cannot be read
     */
    public static ActiveDirectory of(DirectorySettings settings, InstantSource clock) {
        return of(settings, clock, Ticker.systemTicker()::read);
    }

    static ActiveDirectory of(DirectorySettings settings, InstantSource clock, LongSupplier nanoTime) {
        return new ActiveDirectory(settings, clock, nanoTime);
    }

    /** Returns the directory of its users and groups. */
    public Directory directory() {
        return directory;
    }

    /** Returns whether the directory answers within that time. */
    public boolean answers(Duration within) {
        return contexts.answers(within);
    }

    /**
     * Returns the names of the domain.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if the directory cannot be asked
     */
    public DomainNames names() {
        return contexts.names();
    }

    /**
     * Returns the forest of the domain, with its current suffixes if the directory answers.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if the directory cannot be asked and never has answered
     */
    public Forest forest() {
        return contexts.forest();
    }

    /**
     * Returns the base under which users and groups are searched.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if the directory cannot be asked
     */
    public String base() {
        return contexts.domain().base();
    }

    /**
     * Returns whether the base exists.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if the directory cannot be asked
     */
    public boolean hasBase() {
        return contexts.hasBase();
    }

    /**
     * Returns the accounts that a service principal is registered for; more than one is a mistake.
     *
     * @param service the principal without its realm
     * @throws dev.kerbearer.domain.port.Unavailable if the directory cannot be asked
     */
    public List<ServiceAccount> accountsOf(String service) {
        return search.accountsOf(service);
    }

    @Override
    public void close() {
        connections.close();
    }
}
