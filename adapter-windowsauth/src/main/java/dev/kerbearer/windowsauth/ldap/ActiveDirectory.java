package dev.kerbearer.windowsauth.ldap;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kerbearer.domain.port.Directory;
import java.time.Duration;
import java.time.InstantSource;
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

    @Override
    public void close() {
        connections.close();
    }
}
