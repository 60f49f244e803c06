package dev.kerbearer.rest.edge.arrival;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Determines how each request came, before any handler that needs it. */
@Singleton
final class ArrivalEdge {

    private static final int FIRST = 10_000;

    private final Arrivals arrivals;

    ArrivalEdge(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, FIRST);
    }

    private void handle(RoutingContext context) {
        arrivals.of(context.request()).keepIn(context);
        context.next();
    }
}
