package dev.kerbearer.rest.edge.arrival;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Determines how each request came and what its trace id is, before any handler that needs them. */
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
        arrivals.of(context.request()).traced(TraceId.of(context)).keepIn(context);
        context.next();
    }
}
