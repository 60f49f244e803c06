package dev.kerbearer.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What every request passes first: the headers of every answer, the spellings of a path, and the {@link Admission}. */
@Singleton
final class WireEdge {

    private static final int BEFORE_ROUTING = 1000;
    private static final int ONCE_SPELT_RIGHT = BEFORE_ROUTING - 1;

    private final Admission admission;

    WireEdge(Admission admission) {
        this.admission = admission;
    }

    void register(@Observes Filters filters) {
        filters.register(WireEdge::handle, BEFORE_ROUTING);
        filters.register(admission::handle, ONCE_SPELT_RIGHT);
    }

    private static void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.response().putHeader("X-Content-Type-Options", "nosniff");
        if ("https".equals(request.scheme())) {
            context.response().putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        Optional<String> respelt = WirePaths.respelt(request.path());
        if (respelt.isPresent()) {
            String query = request.query();
            context.reroute(query == null ? respelt.get() : respelt.get() + "?" + query);
        } else {
            context.next();
        }
    }
}
