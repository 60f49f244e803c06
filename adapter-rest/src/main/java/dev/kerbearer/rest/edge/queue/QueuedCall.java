package dev.kerbearer.rest.edge.queue;

import dev.kerbearer.domain.guessing.ClientAddress;

/**
 * A call on its way through the queue.
 *
 * @param <C> what the queue knows nothing of
 */
public final class QueuedCall<C> {

    /** Where it is. */
    enum State {
        WAITING,
        INSIDE,
        OUTSIDE
    }

    private final C call;
    private final CallKind kind;
    private final ClientAddress client;
    private State state = State.OUTSIDE;
    private boolean late;
    private long since;
    private long goneSince;

    public QueuedCall(C call, CallKind kind, ClientAddress client) {
        this.call = call;
        this.kind = kind;
        this.client = client;
    }

    public C call() {
        return call;
    }

    CallKind kind() {
        return kind;
    }

    ClientAddress client() {
        return client;
    }

    State state() {
        return state;
    }

    /** Whether it came when a burst was over. */
    boolean late() {
        return late;
    }

    /** When it came to where it is, in nanoseconds. */
    long since() {
        return since;
    }

    /** Its client has gone, while it is worked on. */
    void clientGoes(long now) {
        goneSince = now;
    }

    /** When its client went, in nanoseconds. */
    long goneSince() {
        return goneSince;
    }

    void waits(boolean late, long now) {
        this.late = late;
        is(State.WAITING, now);
    }

    void is(State now, long since) {
        this.state = now;
        this.since = since;
    }
}
