package dev.kerbearer.windowsauth.http;

import dev.kerbearer.domain.audit.CallAddress;
import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.domain.network.IpAddress;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.windowsauth.channel.ChannelProtection;
import dev.kerbearer.windowsauth.channel.TlsChannel;
import dev.kerbearer.windowsauth.ntlm.Endpoints;
import io.netty.channel.Channel;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The peer that sends a token.
 *
 * @param connection identifies the connection; it stays the same through a handshake and is never shared
 * @param from the client's address
 * @param here the address at which the client reached this service, if known
 * @param tls looks up the TLS channel of the connection; throws a refusal if the connection is closed
 */
record Peer(Object connection, CallAddress from, Optional<String> here, Supplier<TlsChannel> tls) {

    static Peer of(RoutingContext context, ChannelProtection protection) {
        Optional<String> here = Optional.ofNullable(
                        context.request().connection().localAddress())
                .map(SocketAddress::hostAddress);
        return new Peer(connectionOf(context), addressOf(context), here, () -> channelOf(context, protection));
    }

    static Channel connectionOf(RoutingContext context) {
        return ((HttpServerConnection) context.request().connection()).channel();
    }

    /**
     * Returns where the call comes from. The edge of adapter-rest stores the address before anything else handles the
     * request. If the edge did not run, the address of the peer is used. An unknown address counts as loopback, as in
     * adapter-rest.
     */
    private static CallAddress addressOf(RoutingContext context) {
        @Nullable CallAddress known = context.get(CallAddress.class.getName());
        return known == null ? connectedFrom(context.request().connection().remoteAddress(true)) : known;
    }

    static CallAddress connectedFrom(@Nullable SocketAddress peer) {
        return Optional.ofNullable(peer)
                .map(SocketAddress::hostAddress)
                .flatMap(IpAddress::parse)
                .map(CallAddress::of)
                .orElseGet(() ->
                        new CallAddress(IpAddress.LOOPBACK, Optional.of(peer == null ? "unknown" : peer.toString())));
    }

    private static TlsChannel channelOf(RoutingContext context, ChannelProtection protection) {
        Optional<SSLSession> tls = Optional.ofNullable(context.request().sslSession());
        // After the connection closes, its TLS session is no longer available.
        if (tls.isEmpty() && !connectionOf(context).isActive()) {
            throw Refusal.signInFailed("the connection was closed", new Detail("before its TLS channel was looked at"))
                    .asException();
        }
        return protection.of(tls);
    }

    String address() {
        return from.ip().toString();
    }

    ClientAddress client() {
        return ClientAddress.of(from.ip());
    }

    Endpoints endpoints() {
        return new Endpoints(client(), here);
    }
}
