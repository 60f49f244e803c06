package dev.kerbearer.rest.edge.arrival;

import dev.kerbearer.domain.network.IpAddress;
import dev.kerbearer.domain.network.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The proxies that may say where a call comes from, in the syntax of {@code quarkus.http.proxy.trusted-proxies}. */
public final class DeclaredProxies {

    private static final int ANY_PORT = 0;

    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:]*):(\\d{1,5})");
    private static final Pattern NAME = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");

    private final List<Proxy> fixed;
    private final List<Name> names;
    private final Function<String, List<IpAddress>> lookup;
    private volatile Map<Name, List<IpAddress>> found = Map.of();

    private record Proxy(Network network, int port) {

        boolean is(IpAddress address, int itsPort) {
            return isPort(port, itsPort) && network.contains(address);
        }
    }

    private static boolean isPort(int declared, int actual) {
        return declared == ANY_PORT || declared == actual;
    }

    private record Name(String host, int port) {}

    private DeclaredProxies(List<Proxy> fixed, List<Name> names, Function<String, List<IpAddress>> lookup) {
        this.fixed = List.copyOf(fixed);
        this.names = List.copyOf(names);
        this.lookup = lookup;
    }

    /** Returns an empty set: no proxy is trusted. */
    public static DeclaredProxies none() {
        return of(List.of(), name -> List.of());
    }

    /**
     * Reads addresses, networks and names. An address or a name may have a port. Then only connections from this port
     * are the proxy's.
     *
     * @param lookup finds the addresses of a name; none if it has none now
     * @throws IllegalArgumentException if a text is none of these
     */
    public static DeclaredProxies of(List<String> texts, Function<String, List<IpAddress>> lookup) {
        List<Proxy> fixed = new ArrayList<>();
        List<Name> names = new ArrayList<>();
        for (String text : texts) {
            String stripped = text.strip();
            Matcher withPort = WITH_PORT.matcher(stripped);
            String host = withPort.matches() ? withPort.group(1) : stripped;
            int port = withPort.matches() ? Integer.parseInt(withPort.group(2)) : ANY_PORT;
            Optional<Network> network = Network.parse(unbracketed(host));
            if (network.isPresent()) {
                fixed.add(new Proxy(network.get(), port));
            } else if (NAME.matcher(host).matches()) {
                names.add(new Name(host, port));
            } else {
                throw new IllegalArgumentException("\"" + text
                        + "\" is not an address, network or name like 10.0.0.4, 10.0.0.0/8, 2001:db8::4 or"
                        + " proxy.example");
            }
        }
        DeclaredProxies proxies = new DeclaredProxies(fixed, names, lookup);
        proxies.lookUpNames();
        return proxies;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Looks up the addresses of the names again. A name without addresses now keeps its previous ones. May block. */
    public void lookUpNames() {
        Map<Name, List<IpAddress>> now = new HashMap<>(found);
        for (Name name : names) {
            List<IpAddress> addresses = lookup.apply(name.host());
            if (!addresses.isEmpty()) {
                now.put(name, List.copyOf(addresses));
            }
        }
        found = Map.copyOf(now);
    }

    boolean areNone() {
        return fixed.isEmpty() && names.isEmpty();
    }

    /** Returns whether a connection from that address and port is a declared proxy's. */
    boolean include(IpAddress address, int port) {
        return fixed.stream().anyMatch(proxy -> proxy.is(address, port))
                || found.entrySet().stream()
                        .anyMatch(name -> isPort(name.getKey().port(), port)
                                && name.getValue().contains(address));
    }

    /**
     * Returns whether a declared proxy has that address. The port of a declaration is the port from which a proxy
     * connects to this service. It says nothing about the connections between proxies, so it does not count here.
     */
    boolean include(IpAddress address) {
        return fixed.stream().anyMatch(proxy -> proxy.network().contains(address))
                || found.values().stream().anyMatch(addresses -> addresses.contains(address));
    }
}
