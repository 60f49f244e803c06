package dev.kerbearer.rest.edge.arrival;

import dev.kerbearer.domain.audit.CallAddress;
import dev.kerbearer.domain.audit.Origin;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * How a call came to the service.
 *
 * @param from from which address
 * @param clientUsesTls whether the client speaks TLS, to the service or to a declared proxy that says so
 * @param onLoopback whether who connected is on this machine, and so is whom the PROXY protocol names, where it is spoken;
 *     false where their addresses are not known
 */
public record Arrival(CallAddress from, boolean clientUsesTls, boolean onLoopback) {

    private static final String KEY = Arrival.class.getName();

    /** How that request came; the one place that says so. {@link ArrivalEdge} finds it out before anything else is done. */
    public static Arrival of(RoutingContext context) {
        @Nullable Arrival known = context.get(KEY);
        // The access log also writes requests that were refused before any route.
        return known == null ? Arrivals.directly().of(context.request()) : known;
    }

    /** Where a request comes from whose caller shows in that way who they are. */
    public static Origin originOf(RoutingContext context, Origin.Method method) {
        return of(context).from().origin(method);
    }

    /** Other adapters find the address under its class's name. */
    void keepIn(RoutingContext context) {
        context.put(KEY, this);
        context.put(CallAddress.class.getName(), from);
    }
}
