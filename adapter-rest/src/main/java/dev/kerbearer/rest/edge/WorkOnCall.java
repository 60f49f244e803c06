package dev.kerbearer.rest.edge;

import dev.kerbearer.domain.refusal.Refusal;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a worker thread is busy with a call. A worker goes on when its client closes the connection, so the call keeps
 * its place until the worker has ended. Work that begins after the client has gone is refused: nobody wants it, and it would
 * have no place.
 */
public final class WorkOnCall {

    private static final String KEY = WorkOnCall.class.getName();

    private final Runnable whenEnded;
    private boolean begun;
    private boolean clientGone;

    private WorkOnCall(Runnable whenEnded) {
        this.whenEnded = whenEnded;
    }

    /**
     * Watches a call from now on.
     *
     * @param whenEnded runs whenever work ends whose client has gone, on the worker's thread
     */
    static WorkOnCall watch(RoutingContext context, Runnable whenEnded) {
        WorkOnCall work = new WorkOnCall(whenEnded);
        context.put(KEY, work);
        return work;
    }

    /**
     * Does a piece of work on the current thread.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException if the client has gone before it begins
     */
    public static <T> T doing(RoutingContext context, Supplier<T> piece) {
        if (!begin(context)) {
            throw Refusal.overloaded().asException();
        }
        try {
            return piece.get();
        } finally {
            end(context);
        }
    }

    /** A piece of work begins; false if the client has gone, and the work must not begin. */
    static boolean begin(RoutingContext context) {
        @Nullable WorkOnCall work = context.get(KEY);
        return work == null || work.begin();
    }

    /** The piece of work has ended, if one had begun. */
    static void end(RoutingContext context) {
        @Nullable WorkOnCall work = context.get(KEY);
        if (work != null && work.end()) {
            work.whenEnded.run();
        }
    }

    private synchronized boolean begin() {
        begun = !clientGone;
        return begun;
    }

    /** Whether that was work for a client that has gone. */
    private synchronized boolean end() {
        boolean wasBegun = begun;
        begun = false;
        return wasBegun && clientGone;
    }

    /** The client has gone; whether a worker is busy with its call, and {@code whenEnded} will run. */
    synchronized boolean clientGoes() {
        clientGone = true;
        return begun;
    }
}
