package dev.kerbearer.rest.edge.queue;

import dev.kerbearer.domain.guessing.ClientAddress;

/**
 * A call on its way through the queue.
 *
 * @param <C> the call itself, of which the queue knows nothing
 */
public final class QueuedCall<C> {

    /** Where the call is. */
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

    /** Returns whether the call came after the burst, in an overload. */
    boolean late() {
        return late;
    }

    /** Returns when the call entered its current state, in nanoseconds. */
    long since() {
        return since;
    }

    /** Notes that the client has disconnected while its call is processed. */
    void clientGoes(long now) {
        goneSince = now;
    }

    /** Returns when the client disconnected, in nanoseconds. */
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
