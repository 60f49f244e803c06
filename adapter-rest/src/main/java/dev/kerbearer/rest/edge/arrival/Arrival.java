package dev.kerbearer.rest.edge.arrival;

import dev.kerbearer.domain.audit.CallAddress;
import dev.kerbearer.domain.audit.Origin;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * How a call came to the service.
 *
 * @param from the address that the call comes from
 * @param clientUsesTls whether the client speaks TLS, to the service or to a declared proxy that says so
 * @param onLoopback whether the peer is on this machine. If the PROXY protocol is used, the address that it names must
 *     be on this machine too. False if an address is not known.
 */
public record Arrival(CallAddress from, boolean clientUsesTls, boolean onLoopback) {

    private static final String KEY = Arrival.class.getName();

    /** Returns how the request came. {@link ArrivalEdge} determines it before any other handler runs. */
    public static Arrival of(RoutingContext context) {
        @Nullable Arrival known = context.get(KEY);
        // The access log also writes requests that were refused before routing.
        return known == null ? Arrivals.directly().of(context.request()) : known;
    }

    /** Returns the origin of a request whose caller authenticates by that method. */
    public static Origin originOf(RoutingContext context, Origin.Method method) {
        return tracedAddress(context).origin(method);
    }

    /** Stores the address of a sign-in in the request's context. Sign-in mechanisms find it under its class name. */
    public static void keepAddress(RoutingContext context) {
        context.put(CallAddress.class.getName(), tracedAddress(context));
    }

    /** A call that needs no origin gets no trace id, unless it is refused. */
    private static CallAddress tracedAddress(RoutingContext context) {
        return of(context).from().traced(TraceId.of(context));
    }

    /** Stores this in the request's context. */
    void keepIn(RoutingContext context) {
        context.put(KEY, this);
    }
}
