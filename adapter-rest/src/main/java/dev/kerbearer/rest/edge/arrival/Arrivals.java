package dev.kerbearer.rest.edge.arrival;

import dev.kerbearer.domain.audit.CallAddress;
import dev.kerbearer.domain.network.IpAddress;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Determines how calls come: from their connections, and from what declared proxies say. A client can write any of the
 * proxies' headers itself, and a proxy appends its own entry after the client's. Entries are therefore read from last
 * to first. Reading stops at the first address that does not belong to a declared proxy.
 */
public final class Arrivals {

    private static final Optional<String> CONTRADICTION =
            Optional.of("different addresses in X-Forwarded-For and Forwarded");

    private final DeclaredProxies proxies;
    private final Set<Source> sources;

    /** Where a proxy names its client. */
    public enum Source {
        /** The PROXY protocol. If no proxy is declared, every peer counts as a proxy. */
        PROXY_PROTOCOL,
        /** {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. */
        X_FORWARDED,
        /** {@code Forwarded} (RFC 7239). */
        FORWARDED
    }

    /**
     * @param proxies the proxies that are trusted
     * @param sources where their statements are read
     */
    public Arrivals(DeclaredProxies proxies, Set<Source> sources) {
        this.proxies = proxies;
        this.sources = sources.isEmpty() ? EnumSet.noneOf(Source.class) : EnumSet.copyOf(sources);
    }

    /** Returns an instance without any proxy. */
    static Arrivals directly() {
        return new Arrivals(DeclaredProxies.none(), Set.of());
    }

    /** Returns whether statements of declared proxies are read there. */
    public boolean areReadFrom(Source source) {
        return sources.contains(source) && !proxies.areNone();
    }

    Arrival of(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        return of(
                connection.remoteAddress(true), connection.remoteAddress(false), connection.isSsl(), request.headers());
    }

    /**
     * @param peer the address that connected
     * @param proxied the source address by the PROXY protocol; the same as {@code peer} if that is not used
     */
    Arrival of(@Nullable SocketAddress peer, @Nullable SocketAddress proxied, boolean tls, MultiMap headers) {
        Optional<IpAddress> connected = ip(peer);
        boolean onLoopback = isLoopback(connected) && isLoopback(ip(proxied));
        if (peer == null || connected.isEmpty()) {
            return new Arrival(new CallAddress(IpAddress.LOOPBACK, Optional.of(name(peer))), tls, onLoopback);
        }
        IpAddress nearest = connected.get();
        int port = peer.port();
        if (sources.contains(Source.PROXY_PROTOCOL) && (proxies.areNone() || proxies.include(nearest, port))) {
            Optional<IpAddress> source = ip(proxied);
            if (proxied == null || source.isEmpty()) {
                return new Arrival(new CallAddress(nearest, Optional.of(name(proxied))), tls, onLoopback);
            }
            nearest = source.get();
            port = proxied.port();
        }
        return proxies.include(nearest, port)
                ? forwardedBy(nearest, tls, onLoopback, headers)
                : new Arrival(CallAddress.of(nearest), tls, onLoopback);
    }

    private static boolean isLoopback(Optional<IpAddress> address) {
        return address.filter(IpAddress::isLoopback).isPresent();
    }

    /** Returns the IP address; empty for a domain socket, which has only a path. */
    private static Optional<IpAddress> ip(@Nullable SocketAddress address) {
        return Optional.ofNullable(address).map(SocketAddress::hostAddress).flatMap(IpAddress::parse);
    }

    private static String name(@Nullable SocketAddress address) {
        return address == null ? "unknown" : address.toString();
    }

    /** Reads both kinds of header. If both are configured, the client may have written one, so they must agree. */
    private Arrival forwardedBy(IpAddress proxy, boolean tls, boolean onLoopback, MultiMap headers) {
        Statement unofficial = new Statement(Optional.empty(), Optional.empty());
        if (sources.contains(Source.X_FORWARDED)) {
            unofficial =
                    new Statement(statement(proxy, XForwarded.hops(headers)).from(), XForwarded.overTls(headers));
        }
        Statement standard = sources.contains(Source.FORWARDED)
                ? statement(proxy, Forwarded.hops(headers))
                : new Statement(Optional.empty(), Optional.empty());
        CallAddress from = agreed(unofficial.from(), standard.from(), new CallAddress(proxy, CONTRADICTION))
                .orElseGet(() -> CallAddress.of(proxy));
        boolean clientUsesTls =
                agreed(unofficial.overTls(), standard.overTls(), false).orElse(tls);
        return new Arrival(from, clientUsesTls, onLoopback);
    }

    /** What a proxy says about the client; empty if it says nothing. */
    private record Statement(Optional<CallAddress> from, Optional<Boolean> overTls) {}

    private Statement statement(IpAddress proxy, List<Hop> hops) {
        if (hops.isEmpty()) {
            return new Statement(Optional.empty(), Optional.empty());
        }
        IpAddress at = proxy;
        for (int i = hops.size() - 1; i >= 0; i--) {
            Hop hop = hops.get(i);
            if (hop.address().isEmpty()) {
                return new Statement(Optional.of(new CallAddress(at, Optional.of(hop.written()))), hop.overTls());
            }
            at = hop.address().get();
            if (!proxies.include(at)) {
                return new Statement(Optional.of(CallAddress.of(at)), hop.overTls());
            }
        }
        return new Statement(Optional.of(CallAddress.of(at)), hops.get(0).overTls());
    }

    private static <T> Optional<T> agreed(Optional<T> one, Optional<T> other, T otherwise) {
        return one.isPresent() && other.isPresent() && !one.equals(other)
                ? Optional.of(otherwise)
                : one.or(() -> other);
    }
}
