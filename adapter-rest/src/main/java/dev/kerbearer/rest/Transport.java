package dev.kerbearer.rest;

import dev.kerbearer.domain.network.IpAddress;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.arrival.Arrival;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Whether tokens may travel the way a request came: over TLS, on loopback, behind a declared proxy, or as configured. */
public final class Transport {

    private final boolean insecureHttp;

    /**
     * @param insecureHttp tokens may travel in the clear
     */
    public Transport(boolean insecureHttp) {
        this.insecureHttp = insecureHttp;
    }

    /**
     * Refuses a request whose answer would carry a token in the clear.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_request} that names the mend
     */
    void requireSafeForTokens(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        boolean safe = insecureHttp
                || connection.isSsl()
                || Arrival.of(context).clientUsesTls()
                || (isLoopback(connection.remoteAddress(true)) && isLoopback(connection.remoteAddress(false)));
        if (!safe) {
            throw Refusal.insecureTransport().asException();
        }
    }

    private static boolean isLoopback(SocketAddress peer) {
        return Optional.ofNullable(peer.hostAddress())
                .flatMap(IpAddress::parse)
                .filter(IpAddress::isLoopback)
                .isPresent();
    }
}
