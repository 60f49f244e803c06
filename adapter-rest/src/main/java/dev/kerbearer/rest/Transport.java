package dev.kerbearer.rest;

import dev.kerbearer.domain.refusal.Refusal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Whether tokens may travel the way a request came: over TLS, on loopback, behind a declared proxy, or as configured. */
public final class Transport {

    private final boolean insecureHttp;
    private final boolean proxyIsDeclared;

    /**
     * @param insecureHttp tokens may travel in the clear
     * @param proxyIsDeclared a proxy is declared and told from everybody else, so that its word counts on how a request
     *     came to it
     */
    public Transport(boolean insecureHttp, boolean proxyIsDeclared) {
        this.insecureHttp = insecureHttp;
        this.proxyIsDeclared = proxyIsDeclared;
    }

    /**
     * Refuses a request whose answer would carry a token in the clear.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_request} that names the mend
     */
    void requireSafeForTokens(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean safe = insecureHttp
                || request.connection().isSsl()
                || (proxyIsDeclared && "https".equals(request.scheme()))
                || isLoopback(request.connection().remoteAddress());
        if (!safe) {
            throw Refusal.insecureTransport().asException();
        }
    }

    private static boolean isLoopback(SocketAddress peer) {
        try {
            return InetAddress.getByName(peer.hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException neverForAnAddress) {
            return false;
        }
    }
}
