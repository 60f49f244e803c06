package dev.kerbearer.domain.port;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps trustees' names in a map. */
public final class InMemoryTrusteeNames implements TrusteeNames {

    private final Map<PrefixedName, Identity> names = new ConcurrentHashMap<>();

    @Override
    public Optional<Identity> find(PrefixedName name) {
        return Optional.ofNullable(names.get(name));
    }

    @Override
    public void remember(PrefixedName name, Identity identity) {
        names.put(name, identity);
    }
}
