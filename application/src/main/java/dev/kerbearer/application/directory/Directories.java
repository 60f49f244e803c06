package dev.kerbearer.application.directory;

import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.Directory;
import java.util.Map;
import java.util.Optional;

/**
 * The configured directories.
 *
 * @param byProvider the directories, by the provider of their identities
 * @param byRealm the provider of each Kerberos realm; the principals of any other realm are unknown
 */
public record Directories(Map<Provider, Directory> byProvider, Map<String, Provider> byRealm) {

    /** Copies both maps. */
    public Directories {
        byProvider = Map.copyOf(byProvider);
        byRealm = Map.copyOf(byRealm);
    }

    /** Returns the directory that knows the principals of the realm. */
    public Optional<Directory> ofRealm(String realm) {
        return Optional.ofNullable(byRealm.get(realm)).flatMap(this::of);
    }

    /** Returns the directory that keeps the identities of the provider. */
    public Optional<Directory> of(Provider provider) {
        return Optional.ofNullable(byProvider.get(provider));
    }
}
