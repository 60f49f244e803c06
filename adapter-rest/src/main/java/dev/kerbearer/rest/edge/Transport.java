package dev.kerbearer.rest.edge;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.arrival.Arrival;
import io.vertx.ext.web.RoutingContext;

/**
 * Decides whether the answer to a request may carry tokens. It may if the client uses TLS (to the service or to a
 * declared proxy), if the request came over loopback, or if the configuration allows it.
 */
public final class Transport {

    private final boolean insecureHttp;

    /**
     * @param insecureHttp whether tokens may be sent unencrypted
     */
    public Transport(boolean insecureHttp) {
        this.insecureHttp = insecureHttp;
    }

    /**
     * Refuses a request if its answer would carry a token unencrypted.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_request} that says how to fix it
     */
    public void requireSafeForTokens(RoutingContext context) {
        Arrival arrival = Arrival.of(context);
        if (!insecureHttp && !context.request().isSSL() && !arrival.clientUsesTls() && !arrival.onLoopback()) {
            throw Refusal.insecureTransport().asException();
        }
    }
}
