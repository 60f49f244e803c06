package dev.kerbearer.rest.edge;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Tracks whether a worker thread is busy with a call. A worker continues if its client closes the connection, so the
 * call keeps its place until the worker has finished. Work that would begin after the client has disconnected is
 * refused: nobody needs it, and it would have no place.
 */
final class WorkOnCall {

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
     * @param whenEnded runs on the worker's thread, each time work ends after its client has disconnected
     */
    static WorkOnCall watch(RoutingContext context, Runnable whenEnded) {
        WorkOnCall work = new WorkOnCall(whenEnded);
        context.put(KEY, work);
        return work;
    }

    /** Notes that work begins; returns false if the client has disconnected and the work must not begin. */
    static boolean begin(RoutingContext context) {
        @Nullable WorkOnCall work = context.get(KEY);
        return work == null || work.begin();
    }

    /** Notes that the work has ended, if any had begun. */
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

    /** Returns whether this was work for a client that has disconnected. */
    private synchronized boolean end() {
        boolean wasBegun = begun;
        begun = false;
        return wasBegun && clientGone;
    }

    /**
     * Notes that the client has disconnected. Returns whether a worker is busy with its call, so that {@code whenEnded}
     * will run.
     */
    synchronized boolean clientGoes() {
        clientGone = true;
        return begun;
    }
}
