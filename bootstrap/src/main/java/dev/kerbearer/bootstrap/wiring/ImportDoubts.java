package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.resource.ResourceServer;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds entries of import files that are well formed, but are probably mistakes. */
public final class ImportDoubts {

    private ImportDoubts() {}

    /** Returns one sentence for each principal that cannot sign in as this identity. */
    public static List<String> of(LocalIdentity identity, Map<String, KerbearerConfig.Realm> realms) {
        return identity.principals().stream()
                .filter(principal -> !isLocal(realms, principal.realm()))
                .map(principal -> "The principal " + principal + " of " + identity.name()
                        + " cannot sign in, because its realm is not mapped to local: set kerbearer.realms.\""
                        + principal.realm() + "\".provider=local")
                .sorted()
                .toList();
    }

    private static boolean isLocal(Map<String, KerbearerConfig.Realm> realms, String realm) {
        return realms.containsKey(realm) && realms.get(realm).provider().equals(Provider.LOCAL.name());
    }

    /** Returns one sentence for each unknown integration that the resource server names. */
    public static List<String> of(ResourceServer server, Predicate<ClientId> exists) {
        return server.integrations().stream()
                .flatMap(ids -> ids.stream())
                .filter(id -> !exists.test(id))
                .map(id -> "The resource server " + server.id() + " may see tokens of the integration " + id
                        + ", which does not exist: correct its name, or import it")
                .sorted()
                .toList();
    }

    /** Returns the log line with the numbers of imported entries. */
    public static String counts(int identities, int integrations, int resourceServers, int files) {
        return Stream.of(
                        count(identities, "local identity", "local identities"),
                        count(integrations, "integration", "integrations"),
                        count(resourceServers, "resource server", "resource servers"))
                .reduce((one, other) -> one + ", " + other)
                .map(all -> "Imports: " + all + ", from " + count(files, "file", "files"))
                .orElseThrow();
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
