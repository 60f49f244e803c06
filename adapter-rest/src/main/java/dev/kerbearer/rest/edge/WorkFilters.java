package dev.kerbearer.rest.edge;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.refusal.Refusals;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Marks the run of a resource method as {@link WorkOnCall}. Both filters run on the thread of the method. The second
 * one also runs if the method throws, because every exception has a mapper.
 */
public class WorkFilters {

    /** Refuses to begin work for a client that has disconnected. */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    public @Nullable Response begins(RoutingContext context) {
        return WorkOnCall.begin(context) ? null : Refusals.answer(context, Refusal.overloaded());
    }

    /** Notes that the method has ended. */
    @ServerResponseFilter
    public void ends(RoutingContext context) {
        WorkOnCall.end(context);
    }
}
