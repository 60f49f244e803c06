package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.windowsauth.keytab.HeldKey;
import dev.kerbearer.windowsauth.keytab.Keytab;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Realms whose users come with tickets of another realm's KDC, because no keytab has a key of the users' realm. Windows
 * KDCs do not mark the realms on a ticket's path as checked. These tickets are therefore refused unless their realm is
 * listed.
 *
 * @param realms realms that are mapped, have no key and are not listed
 * @param listed the listed realms
 */
public record UncheckedRealms(Set<String> realms, Set<String> listed) {

    /** Copies the sets. */
    public UncheckedRealms {
        realms = Set.copyOf(realms);
        listed = Set.copyOf(listed);
    }

    /**
     * Returns the unchecked realms; empty if there are none. Also empty if no keytab has a key at all, because that
     * must be fixed first.
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

    /** Returns what is wrong. */
    public String what() {
        return "No keytab has a key of " + String.join(", ", new TreeSet<>(realms))
                + ": its users get tickets from another realm's KDC, and these are refused if that KDC does not check"
                + " the transited realms, as Windows KDCs do not";
    }

    /** Returns the configuration line to add. */
    public String fix() {
        Set<String> all = new TreeSet<>(listed);
        all.addAll(realms);
        return "if you trust these realms, set kerbearer.negotiate.transited-realms=" + String.join(",", all)
                + " and add each realm in between (docs/operations.md)";
    }
}
