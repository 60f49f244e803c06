package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.windowsauth.keytab.HeldKey;
import dev.kerbearer.windowsauth.keytab.SharedKeys;
import dev.kerbearer.windowsauth.ntlm.TargetName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The accepted services: those for which the keytabs hold keys. The service name in a ticket is in its plain part,
 * where anybody on the network can change it. Only the key that opens the ticket proves for which service the KDC made
 * it.
 *
 * <p>Immutable. A new object is made when a keytab changes. So a sign-in does not repeat work that depends only on the
 * keytabs.
 */
final class AcceptedServices {

    private static final Pattern HOST_ONLY = Pattern.compile("[^/]+/[^/]+");

    private final List<List<HeldKey>> held;
    private final Optional<String> only;
    private final List<List<HeldKey>> good;
    private final Map<HeldKey, Set<String>> realms;

    /**
     * @param held the keys of each keytab
     * @param only the only service principal, with or without its realm; absent: every {@code HTTP/} principal
     */
    AcceptedServices(List<List<HeldKey>> held, Optional<String> only) {
        this.held = List.copyOf(held);
        this.only = only;
        this.good = held.stream().map(this::goodOf).toList();
        this.realms = good.stream().flatMap(List::stream).collect(Collectors.toMap(key -> key, this::realmsWith));
    }

    private List<HeldKey> goodOf(List<HeldKey> keytab) {
        return keytab.stream().filter(key -> isGood(key.principal())).toList();
    }

    private Set<String> realmsWith(HeldKey key) {
        return good.stream()
                .flatMap(List::stream)
                .filter(one -> one.isSameAs(key))
                .map(one -> one.principal().realm())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns whether this object was made from keytabs with these keys. */
    boolean areOf(List<List<HeldKey>> keys) {
        return held.equals(keys);
    }

    /** Whether this service accepts tickets for a service of that name. */
    boolean accepts(Principal service) {
        return only.map(name -> isNamed(service, name))
                .orElseGet(
                        () -> SharedKeys.isHttp(service) && keys().anyMatch(key -> isSame(key.principal(), service)));
    }

    /** Returns whether tickets are accepted for any key. */
    boolean acceptsAny() {
        return good.stream().anyMatch(keys -> !keys.isEmpty());
    }

    /**
     * Returns the keys of a keytab for which tickets are accepted.
     *
     * @param place the index of the keytab in the configured list
     */
    List<HeldKey> goodKeysOf(int place) {
        return good.get(place);
    }

    /**
     * Returns the realms whose KDCs can have made a ticket that this key opens: the realms of its names in all keytabs.
     *
     * @param key one of the keys for which tickets are accepted
     */
    Set<String> realmsOf(HeldKey key) {
        return realms.getOrDefault(key, Set.of());
    }

    /** If no keytab has the configured name, the keys of account names and of {@code HTTP/} names are accepted. */
    private boolean isGood(Principal holder) {
        if (only.isEmpty()) {
            return SharedKeys.isHttp(holder);
        }
        boolean hasNoKey = keys().noneMatch(key -> isNamed(key.principal(), only.get()));
        boolean isOfAccountOrHttp =
                SharedKeys.isHttp(holder) || holder.components().size() == 1;
        return isNamed(holder, only.get()) || (hasNoKey && isOfAccountOrHttp);
    }

    /**
     * Whether a client means this service by that name. Windows writes {@code HTTP/host@REALM}, in any case, with or
     * without a port. The realm is the client's guess and is not compared.
     */
    boolean isMeantBy(String target) {
        int at = target.lastIndexOf('@');
        String name = at < 0 ? target : target.substring(0, at);
        return only.map(configured -> isSame(name, configured.replaceFirst("@.*", "")))
                .orElseGet(() -> keys().map(HeldKey::principal)
                        .filter(SharedKeys::isHttp)
                        .anyMatch(service -> isSame(name, String.join("/", service.components()))));
    }

    /** A browser may add its port to the host, and a dot to a fully qualified name. */
    private static boolean isSame(String target, String service) {
        return target.equalsIgnoreCase(service)
                || (HOST_ONLY.matcher(target).matches()
                        && HOST_ONLY.matcher(service).matches()
                        && TargetName.of(target).isHttp()
                        && TargetName.of(service).isHttp()
                        && TargetName.of(target)
                                .host()
                                .equals(TargetName.of(service).host()));
    }

    private Stream<HeldKey> keys() {
        return held.stream().flatMap(List::stream);
    }

    /** The configured name may omit the realm. */
    private static boolean isNamed(Principal principal, String name) {
        return principal.toString().equals(name) || principal.name().equals(name);
    }

    /** Service names are compared without regard to case, as in the JDK. */
    private static boolean isSame(Principal one, Principal other) {
        List<String> names = one.components();
        List<String> others = other.components();
        return one.realm().equalsIgnoreCase(other.realm())
                && names.size() == others.size()
                && IntStream.range(0, names.size()).allMatch(i -> names.get(i).equalsIgnoreCase(others.get(i)));
    }
}
