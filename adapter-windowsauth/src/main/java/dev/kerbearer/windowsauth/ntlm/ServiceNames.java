package dev.kerbearer.windowsauth.ntlm;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The names that clients call this service by. A client's answer that was made for another name, or for another kind of
 * service, was made for somebody else, who passes it on. The {@code Host} header says nothing: whoever passes an answer on
 * writes it.
 */
public final class ServiceNames {

    private static final String LOCALHOST = "localhost";

    private final Supplier<Set<String>> names;
    private final boolean addressesAreOurs;

    /**
     * @param names host names and numerical addresses, in small letters; asked for each answer
     * @param addressesAreOurs whether clients reach this service itself, and no proxy in front: then the address that a
     *     connection came to is a name of this service, and so is {@code localhost} for connections within this machine
     */
    public ServiceNames(Supplier<Set<String>> names, boolean addressesAreOurs) {
        this.names = names;
        this.addressesAreOurs = addressesAreOurs;
    }

    /**
     * Whether the name is one of this service.
     *
     * @param ofAuthority what the authority calls this machine, in small letters
     */
    boolean include(TargetName target, Endpoints endpoints, Set<String> ofAuthority) {
        String host = target.host();
        return target.isHttp()
                && !host.isEmpty()
                && (isReachedAt(host, endpoints) || ofAuthority.contains(host) || isAmong(names.get(), host));
    }

    /** An IPv6 address can be written in several ways. */
    private static boolean isAmong(Set<String> names, String host) {
        Optional<InetAddress> address = address(host);
        return names.contains(host)
                || (address.isPresent() && names.stream().anyMatch(name -> address.equals(address(name))));
    }

    private boolean isReachedAt(String host, Endpoints endpoints) {
        Optional<InetAddress> here = addressesAreOurs ? endpoints.here().flatMap(ServiceNames::address) : Optional.empty();
        return host.equals(LOCALHOST)
                ? here.filter(InetAddress::isLoopbackAddress).isPresent()
                : here.isPresent() && here.equals(address(host));
    }

    /** Of a numerical address only: no name is looked up for somebody who is not signed in. */
    private static Optional<InetAddress> address(String numerical) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(numerical);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
