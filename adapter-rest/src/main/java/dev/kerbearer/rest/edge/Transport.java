package dev.kerbearer.rest.edge;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.arrival.Arrival;
import io.vertx.ext.web.RoutingContext;

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
    public void requireSafeForTokens(RoutingContext context) {
        Arrival arrival = Arrival.of(context);
        if (!insecureHttp && !context.request().isSSL() && !arrival.clientUsesTls() && !arrival.onLoopback()) {
            throw Refusal.insecureTransport().asException();
        }
    }
}
