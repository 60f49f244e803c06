package dev.kerbearer.windowsauth.keytab;

import dev.kerbearer.domain.identity.Principal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds keys that are held under an {@code HTTP/} name and under the name of another service class. A ticket for the
 * other service is accepted here too, because only the key tells for which service a ticket is.
 */
public final class SharedKeys {

    /** The service class whose tickets HTTP clients request. */
    public static final String HTTP = "HTTP";

    /** The fix for a shared key. */
    public static final String FIX = "give HTTP/ an account of its own, with a key of its own (docs/operations.md)";

    private SharedKeys() {}

    /**
     * Whether HTTP clients request tickets for that principal: {@code HTTP/host}, in any case, as Windows compares
     * names and {@code ktpass} writes them.
     */
    public static boolean isHttp(Principal principal) {
        return principal.components().size() > 1
                && principal.components().get(0).equalsIgnoreCase(HTTP);
    }

    /**
     * Returns the names of other service classes under which these keytabs hold a key of an {@code HTTP/} name, sorted.
     */
    public static Set<String> otherNamesIn(List<Path> keytabs) {
        List<HeldKey> keys = new ArrayList<>();
        keytabs.forEach(keytab -> keys.addAll(new Keytab(keytab).keys()));
        Set<String> others = new TreeSet<>();
        for (HeldKey key : keys) {
            if (isOfAnotherClass(key.principal())
                    && keys.stream().anyMatch(http -> isHttp(http.principal()) && http.isSameAs(key))) {
                others.add(key.principal().toString());
            }
        }
        return others;
    }

    /** An account's own name has one component; no client requests a ticket for it. */
    private static boolean isOfAnotherClass(Principal principal) {
        return principal.components().size() > 1 && !isHttp(principal);
    }
}
