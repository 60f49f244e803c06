package dev.kerbearer.windowsauth.keytab;

import dev.kerbearer.domain.identity.Principal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keys that are held under an {@code HTTP/} name and under the name of another class of service. A ticket for the other
 * service is good here too, because the key is all that tells which service a ticket is for.
 */
public final class SharedKeys {

    /** The class of service whose tickets HTTP clients ask for. */
    public static final String HTTP = "HTTP";

    /** What to do about it. */
    public static final String MEND = "give HTTP/ an account of its own, with a key of its own (docs/operations.md)";

    private SharedKeys() {}

    /**
     * Whether a name is that of a service which HTTP clients ask for: {@code HTTP/host}, in any letters, as Windows compares
     * names and {@code ktpass} writes them.
     */
    public static boolean isHttp(Principal principal) {
        return principal.components().size() > 1
                && principal.components().get(0).equalsIgnoreCase(HTTP);
    }

    /** The names of other classes of services under which these keytabs hold a key of an {@code HTTP/} name, sorted. */
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

    /** An account's own name has one component; no client asks for a ticket for it. */
    private static boolean isOfAnotherClass(Principal principal) {
        return principal.components().size() > 1 && !isHttp(principal);
    }
}
