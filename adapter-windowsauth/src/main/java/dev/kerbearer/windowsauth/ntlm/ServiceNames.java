package dev.kerbearer.windowsauth.ntlm;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The names that clients use for this service. An answer made for another name or another kind of service was made for
 * somebody else, who relays it. The {@code Host} header proves nothing, because the relaying party writes it.
 */
public final class ServiceNames {

    private static final String LOCALHOST = "localhost";

    private final Supplier<Set<String>> names;
    private final boolean addressesAreOurs;

    /**
     * @param names host names and numerical addresses, in lower case; read for each answer
     * @param addressesAreOurs whether clients connect to this service directly, without a proxy. If so, the local
     *     address of a connection is a name of this service, and so is {@code localhost} for loopback connections
     */
    public ServiceNames(Supplier<Set<String>> names, boolean addressesAreOurs) {
        this.names = names;
        this.addressesAreOurs = addressesAreOurs;
    }

    /**
     * Returns whether the name is one of this service.
     *
     * @param ofAuthority the authority's names for this machine, in lower case
     */
    boolean include(TargetName target, Endpoints endpoints, Set<String> ofAuthority) {
        String host = target.host();
        return target.isHttp()
                && !host.isEmpty()
                && (isReachedAt(host, endpoints) || ofAuthority.contains(host) || isAmong(names.get(), host));
    }

    /** Compares addresses too, because an IPv6 address can be written in several ways. */
    private static boolean isAmong(Set<String> names, String host) {
        Optional<InetAddress> address = address(host);
        return names.contains(host)
                || (address.isPresent() && names.stream().anyMatch(name -> address.equals(address(name))));
    }

    private boolean isReachedAt(String host, Endpoints endpoints) {
        Optional<InetAddress> here =
                addressesAreOurs ? endpoints.here().flatMap(ServiceNames::address) : Optional.empty();
        return host.equals(LOCALHOST)
                ? here.filter(InetAddress::isLoopbackAddress).isPresent()
                : here.isPresent() && here.equals(address(host));
    }

    /** Parses numerical addresses only: clients that are not signed in must not cause DNS lookups. */
    private static Optional<InetAddress> address(String numerical) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(numerical);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
