package dev.kerbearer.application.directory;

import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.Directory;
import java.util.Map;
import java.util.Optional;

/**
 * Which directory knows whom.
 *
 * @param byProvider the directories, by the provider whose identities they keep
 * @param byRealm where the principals of a Kerberos realm are looked up; of a realm that is not named here, nobody is
 *     known
 */
public record Directories(Map<Provider, Directory> byProvider, Map<String, Provider> byRealm) {

    /** Copies both maps. */
    public Directories {
        byProvider = Map.copyOf(byProvider);
        byRealm = Map.copyOf(byRealm);
    }

    /** The directory that knows the principals of that realm. */
    public Optional<Directory> ofRealm(String realm) {
        return Optional.ofNullable(byRealm.get(realm)).flatMap(this::of);
    }

    /** The directory that keeps the identities of that provider. */
    public Optional<Directory> of(Provider provider) {
        return Optional.ofNullable(byProvider.get(provider));
    }
}
