package dev.kerbearer.rest;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.arrival.Arrival;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What every request passes first: the headers of every answer, the {@link Closing}, its path's spelling, the {@link Admission}. */
@Singleton
final class WireEdge {

    private static final int BEFORE_ROUTING = 1000;
    private static final int ONCE_SPELT_RIGHT = BEFORE_ROUTING - 1;

    private final Closing closing;
    private final Admission admission;

    WireEdge(Closing closing, Admission admission) {
        this.closing = closing;
        this.admission = admission;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, BEFORE_ROUTING);
        filters.register(admission::handle, ONCE_SPELT_RIGHT);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.response().putHeader("X-Content-Type-Options", "nosniff");
        if (Arrival.of(context).clientUsesTls()) {
            context.response().putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        if (closing.isOver()) {
            Refusals.answerAtTheEdge(context, Refusal.shuttingDown());
            return;
        }
        Optional<String> respelt = WirePaths.respelt(WirePaths.of(request));
        if (respelt.isPresent()) {
            String query = request.query();
            context.reroute(query == null ? respelt.get() : respelt.get() + "?" + query);
        } else {
            context.next();
        }
    }
}
