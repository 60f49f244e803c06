package dev.kerbearer.windowsauth.winbind;

import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.ldap.ActiveDirectory;
import dev.kerbearer.windowsauth.ldap.DomainNames;
import dev.kerbearer.windowsauth.ldap.Forest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The domains of the configured directories, with the names that each directory reports. */
public final class DirectoryDomains implements Domains {

    private final Map<Provider, ActiveDirectory> directories;

    /**
     * @param directories the directories to ask
     */
    public DirectoryDomains(Map<Provider, ActiveDirectory> directories) {
        this.directories = directories;
    }

    @Override
    public Optional<Domain> named(String name) {
        return called(name, directory -> true);
    }

    @Override
    public Optional<Domain> ofSuffix(Domain asked, String suffix) {
        Forest forest = Optional.ofNullable(directories.get(asked.directory()))
                .orElseThrow()
                .forest();
        if (!forest.hasSuffix(suffix)) {
            return Optional.empty();
        }
        return called(suffix, directory -> directory.forest().isThatOf(forest)).or(() -> Optional.of(asked));
    }

    /** Finds a domain by its DNS name, or by a short name that only one of them has. */
    private Optional<Domain> called(String name, Predicate<ActiveDirectory> among) {
        List<Domain> called = new ArrayList<>();
        Optional<Unavailable> away = Optional.empty();
        for (Map.Entry<Provider, ActiveDirectory> each : directories.entrySet()) {
            try {
                DomainNames names = each.getValue().names();
                Domain domain = new Domain(each.getKey(), names.netbios(), names.dns());
                if (domain.isCalled(name) && among.test(each.getValue())) {
                    if (names.dns().equalsIgnoreCase(name)) {
                        return Optional.of(domain);
                    }
                    called.add(domain);
                }
            } catch (Unavailable unknown) {
                away = Optional.of(unknown);
            }
        }
        if (away.isPresent()) {
            throw away.get();
        }
        return called.size() == 1 ? Optional.of(called.get(0)) : Optional.empty();
    }
}
