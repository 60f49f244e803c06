package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.windowsauth.keytab.HeldKey;
import dev.kerbearer.windowsauth.keytab.Keytab;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Realms whose users come with tickets of another realm's KDC, because no keytab has a key of theirs. KDCs of Windows do
 * not say that they have checked the realms on a ticket's way, so these tickets are refused unless their realm is listed.
 *
 * @param realms that are mapped, have no key and are not listed
 * @param listed the realms that are
 */
public record UncheckedRealms(Set<String> realms, Set<String> listed) {

    /** Copies what it is given. */
    public UncheckedRealms {
        realms = Set.copyOf(realms);
        listed = Set.copyOf(listed);
    }

    /**
     * Looks for them; where no keytab has a key at all, there is something else to mend first.
     *
     * @param mapped the realms that have a provider
     * @param listed the realms through which tickets may come unchecked
     */
    public static Optional<UncheckedRealms> among(Set<String> mapped, List<Path> keytabs, Set<String> listed) {
        Set<String> held = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Path keytab : keytabs) {
            for (HeldKey key : new Keytab(keytab).keys()) {
                held.add(key.principal().realm());
            }
        }
        Set<String> realms = new TreeSet<>(mapped);
        realms.removeIf(realm -> held.contains(realm) || listed.contains(realm));
        return held.isEmpty() || realms.isEmpty() ? Optional.empty() : Optional.of(new UncheckedRealms(realms, listed));
    }

    /** What is the matter. */
    public String what() {
        return "No keytab has a key of " + String.join(", ", new TreeSet<>(realms))
                + ": tickets of its users come from another realm's KDC, and are refused where that does not check the realms"
                + " on their way, as KDCs of Windows do not";
    }

    /** The line to add. */
    public String mend() {
        Set<String> all = new TreeSet<>(listed);
        all.addAll(realms);
        return "where you trust them, set kerbearer.negotiate.transited-realms=" + String.join(",", all)
                + " and add each realm in between (docs/operations.md)";
    }
}
