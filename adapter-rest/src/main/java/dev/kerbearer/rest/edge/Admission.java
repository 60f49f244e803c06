package dev.kerbearer.rest.edge;

import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.arrival.Arrival;
import dev.kerbearer.rest.edge.face.Faces;
import dev.kerbearer.rest.edge.queue.CallKind;
import dev.kerbearer.rest.edge.queue.CallQueue;
import dev.kerbearer.rest.edge.queue.CallQueue.Changes;
import dev.kerbearer.rest.edge.queue.PlacesByClient;
import dev.kerbearer.rest.edge.queue.QueueMetrics;
import dev.kerbearer.rest.edge.queue.QueuedCall;
import dev.kerbearer.rest.edge.queue.SharedPlaces;
import dev.kerbearer.rest.edge.refusal.Refusals;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many calls are processed at once. Other calls wait in a {@link CallQueue}. If more calls arrive than can
 * be answered, the rest are refused before any work is done for them. An unbounded queue makes every caller wait and
 * wastes work on callers that have already timed out. A call counts only after its whole request has arrived, so that
 * slow clients take no places.
 *
 * <p>Sign-ins by NTLM and password have places and a queue of their own, so that a hanging domain takes no places from
 * the other calls.
 */
public final class Admission {

    /** How often waiting calls are checked, in milliseconds. */
    private static final long TICK = 20;

    private final Faces faces;
    private final Predicate<String> isNtlm;
    private final Line calls;
    private final Line passwordSignIns;

    /**
     * @param faces which requests wait, and how the queue treats them
     * @param atOnce how many calls are processed at once
     * @param isNtlm whether an {@code Authorization} header is an NTLM sign-in
     * @param metrics metrics of the queue
     */
    public Admission(Faces faces, int atOnce, Predicate<String> isNtlm, QueueMetrics metrics) {
        this(faces, atOnce, isNtlm, metrics, System::nanoTime);
    }

    Admission(Faces faces, int atOnce, Predicate<String> isNtlm, QueueMetrics metrics, LongSupplier nanoTime) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("the number of calls at once must be 1 or more");
        }
        this.faces = faces;
        this.isNtlm = isNtlm;
        this.calls = new Line(new CallQueue<>(new SharedPlaces(atOnce), nanoTime, metrics));
        this.passwordSignIns =
                new Line(new CallQueue<>(new PlacesByClient(passwordSignInsAtOnce(atOnce)), nanoTime, metrics));
    }

    /** Returns three quarters of {@code atOnce}: at least 2, and at most as many as ntlm_auth may have processes. */
    private static int passwordSignInsAtOnce(int atOnce) {
        return Math.max(2, Math.min(64, atOnce * 3 / 4));
    }

    void handle(RoutingContext context) {
        String path = Faces.pathOf(context.request());
        if (faces.isQueued(path)) {
            RequestBuffering.of(
                    context,
                    () -> admit(context, kindOf(path, context.request().getHeader(HttpHeaders.AUTHORIZATION))));
        } else {
            context.next();
        }
    }

    /** Returns the kind of a request for the queue: an NTLM sign-in may wait for a domain that does not answer. */
    CallKind kindOf(String path, @Nullable String authorization) {
        CallKind kind = faces.kindOf(path);
        return kind == CallKind.SIGN_IN && authorization != null && isNtlm.test(authorization)
                ? CallKind.PASSWORD_SIGN_IN
                : kind;
    }

    private void admit(RoutingContext context, CallKind kind) {
        Line line = kind == CallKind.PASSWORD_SIGN_IN ? passwordSignIns : calls;
        QueuedCall<Waiter> call = new QueuedCall<>(new Waiter(context), kind, clientOf(context));
        WorkOnCall work = WorkOnCall.watch(context, () -> line.leave(call));
        context.addEndHandler(ended -> {
            if (!context.response().ended() && work.clientGoes()) {
                line.leaveLater(call);
            } else {
                line.leave(call);
            }
        });
        line.enter(call);
    }

    private static ClientAddress clientOf(RoutingContext context) {
        return ClientAddress.of(Arrival.of(context).from().ip());
    }

    /** Returns how many calls wait. */
    int waiting() {
        return calls.waiting() + passwordSignIns.waiting();
    }

    /** A queue shared by several event loops. */
    private static final class Line {

        private final CallQueue<Waiter> queue;
        private boolean ticks;

        Line(CallQueue<Waiter> queue) {
            this.queue = queue;
        }

        void enter(QueuedCall<Waiter> call) {
            Changes<Waiter> changes;
            boolean startTicking;
            synchronized (this) {
                changes = queue.enter(call);
                startTicking = !ticks && queue.length() > 0;
                ticks |= startTicking;
            }
            if (startTicking) {
                tickLater(call.call().context.vertx());
            }
            if (changes.letIn().remove(call)) {
                call.call().context.next();
            }
            carryOut(changes);
        }

        void leave(QueuedCall<Waiter> call) {
            Changes<Waiter> changes;
            synchronized (this) {
                changes = queue.leave(call);
            }
            carryOut(changes);
        }

        void leaveLater(QueuedCall<Waiter> call) {
            Changes<Waiter> changes;
            synchronized (this) {
                changes = queue.leaveLater(call);
            }
            carryOut(changes);
        }

        private void tickLater(Vertx vertx) {
            vertx.setTimer(TICK, due -> tick(vertx));
        }

        private void tick(Vertx vertx) {
            Changes<Waiter> changes;
            boolean goOn;
            synchronized (this) {
                changes = queue.tick();
                ticks = queue.length() > 0;
                goOn = ticks;
            }
            if (goOn) {
                tickLater(vertx);
            }
            carryOut(changes);
        }

        private static void carryOut(Changes<Waiter> changes) {
            changes.letIn().forEach(call -> call.call().goOn());
            changes.refused().forEach(call -> call.call().refuse());
        }

        synchronized int waiting() {
            return queue.length();
        }
    }

    /**
     * A waiting request and its event loop. If the client has disconnected meanwhile, the end handler has already freed
     * the place.
     */
    private static final class Waiter {

        private final RoutingContext context;
        private final Context loop;

        Waiter(RoutingContext context) {
            this.context = context;
            this.loop = context.vertx().getOrCreateContext();
        }

        void goOn() {
            onItsLoop(context::next);
        }

        void refuse() {
            onItsLoop(() -> Refusals.answerAtTheEdge(context, Refusal.overloaded()));
        }

        private void onItsLoop(Runnable action) {
            loop.runOnContext(turn -> {
                if (!context.response().closed()) {
                    action.run();
                }
            });
        }
    }
}
