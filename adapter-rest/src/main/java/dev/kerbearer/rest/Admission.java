package dev.kerbearer.rest;

import dev.kerbearer.domain.refusal.Refusal;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets no more calls in than are answered in good time, and refuses the rest at once, before any work is done for them:
 * in a queue all would wait, and work would be done for callers who have given up. A call counts from the moment that
 * its request is there as a whole, so that slow clients take nobody's place.
 */
public final class Admission {

    private final int atOnce;
    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * @param atOnce how many calls are worked on at once
     */
    public Admission(int atOnce) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("at least one call is worked on at once");
        }
        this.atOnce = atOnce;
    }

    void handle(RoutingContext context) {
        String path = WirePaths.of(context.request());
        if (WirePaths.isOfContract(path) || OauthPaths.isOfTokens(path)) {
            WholeRequest.of(context, () -> admit(context));
        } else {
            context.next();
        }
    }

    private void admit(RoutingContext context) {
        if (inFlight.incrementAndGet() > atOnce) {
            inFlight.decrementAndGet();
            Refusals.answerAtTheEdge(context, Refusal.overloaded());
        } else {
            context.addEndHandler(ended -> inFlight.decrementAndGet());
            context.next();
        }
    }
}
