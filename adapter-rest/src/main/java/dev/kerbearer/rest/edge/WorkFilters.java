package dev.kerbearer.rest.edge;

import dev.kerbearer.rest.edge.refusal.Refusals;

import dev.kerbearer.domain.refusal.Refusal;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Marks a resource's method as {@link WorkOnCall}. Both filters run on the thread of the method; the second one also runs
 * when the method has thrown, since every exception has a mapper.
 */
public class WorkFilters {

    /** No work begins for a client that has gone. */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    public @Nullable Response begins(RoutingContext context) {
        return WorkOnCall.begin(context) ? null : Refusals.answer(context, Refusal.overloaded());
    }

    /** The method has ended. */
    @ServerResponseFilter
    public void ends(RoutingContext context) {
        WorkOnCall.end(context);
    }
}
