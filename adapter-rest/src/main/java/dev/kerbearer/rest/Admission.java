package dev.kerbearer.rest;

import dev.kerbearer.domain.refusal.Refusal;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets no more calls in than are answered in good time, and refuses the rest before any work is done for them: in a
 * long queue all would wait, and work would be done for callers who have given up. A call counts from the moment that its
 * request is there as a whole, so that slow clients take nobody's place.
 *
 * <p>Where all places are taken, a call waits for one, since calls that come at random come in bursts, and a burst is soon
 * over. Once one had to be refused it is no burst, and until nobody has been refused for a while patience is much shorter.
 */
public final class Admission {

    private static final long OVERLOAD_LASTS = Duration.ofMillis(100).toNanos();

    private final int atOnce;
    private final Patience patience;
    private final Deque<Call> waiting = new ArrayDeque<>();
    private int inside;
    private long lastRefusal = System.nanoTime() - OVERLOAD_LASTS;

    /**
     * How long a call waits for its place.
     *
     * @param inBurst where none has been refused just now
     * @param inOverload where one has
     */
    public record Patience(Duration inBurst, Duration inOverload) {}

    /**
     * @param atOnce how many calls are worked on at once
     * @param patience how long a call waits for its place
     */
    public Admission(int atOnce, Patience patience) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("at least one call is worked on at once");
        }
        this.atOnce = atOnce;
        this.patience = patience;
    }

    void handle(RoutingContext context) {
        String path = WirePaths.of(context.request());
        if (WirePaths.isOfContract(path) || OauthPaths.isOfTokens(path)) {
            WholeRequest.of(context, () -> admit(context));
        } else {
            context.next();
        }
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private void admit(RoutingContext context) {
        Call call = new Call(context);
        context.addEndHandler(ended -> leave(call));
        long patienceMillis = enter(call);
        if (patienceMillis == 0) {
            context.next();
        } else {
            call.timer = context.vertx().setTimer(patienceMillis, over -> giveUp(call));
        }
    }

    /** Takes a place or begins to wait; answers for how long at most, in milliseconds, and 0 where it need not. */
    private synchronized long enter(Call call) {
        if (inside < atOnce) {
            letIn(call);
            return 0;
        }
        waiting.add(call);
        boolean overload = System.nanoTime() - lastRefusal < OVERLOAD_LASTS;
        return (overload ? patience.inOverload() : patience.inBurst()).toMillis();
    }

    private void letIn(Call call) {
        inside++;
        call.place = Place.INSIDE;
    }

    /** On the event loop of the call itself, as its timer was set there. */
    private void giveUp(Call call) {
        synchronized (this) {
            if (call.place != Place.WAITING) {
                return;
            }
            waiting.remove(call);
            call.place = Place.OUTSIDE;
            lastRefusal = System.nanoTime();
        }
        Refusals.answerAtTheEdge(call.context, Refusal.overloaded());
    }

    /** At the end of a call, whether it was answered or its client has gone. */
    private void leave(Call call) {
        synchronized (this) {
            if (call.place == Place.WAITING) {
                waiting.remove(call);
            } else if (call.place == Place.INSIDE) {
                inside--;
            }
            call.place = Place.OUTSIDE;
        }
        letNextIn();
    }

    private void letNextIn() {
        Call next;
        synchronized (this) {
            if (inside == atOnce || waiting.isEmpty()) {
                return;
            }
            next = waiting.remove();
            letIn(next);
        }
        next.goOn();
    }

    private enum Place {
        WAITING,
        INSIDE,
        OUTSIDE
    }

    private static final class Call {

        private final RoutingContext context;
        private final Context loop;
        private Place place = Place.WAITING;
        private long timer;

        Call(RoutingContext context) {
            this.context = context;
            this.loop = context.vertx().getOrCreateContext();
        }

        /** On its own event loop. Where its client has gone meanwhile, nothing is done: its end has given the place back. */
        void goOn() {
            loop.runOnContext(turn -> {
                context.vertx().cancelTimer(timer);
                if (!context.response().closed()) {
                    context.next();
                }
            });
        }
    }
}
