package dev.kerbearer.rest.edge.connection;

import java.util.ArrayList;
import java.util.List;

/** The bodies that a connection awaits. They change on its event loop; any thread may ask for their number and age. */
final class AwaitedBodies {

    private static final long NONE = 0;

    private final UnfinishedRequests all;

    /** Used on the event loop only. */
    private final List<Unfinished> bodies = new ArrayList<>(1);

    private volatile long since = NONE;
    private volatile int number;

    AwaitedBodies(UnfinishedRequests all) {
        this.all = all;
    }

    /** Awaits a body of a request that began at that time. */
    void add(Unfinished body, long begun) {
        all.add(body);
        body.begin(begun);
        bodies.add(body);
        changed();
    }

    void remove(Unfinished body) {
        all.remove(body);
        bodies.remove(body);
        changed();
    }

    private void changed() {
        number = bodies.size();
        since = bodies.isEmpty() ? NONE : bodies.get(0).since();
    }

    int number() {
        return number;
    }

    /** Returns for how long the first has been awaited, in nanoseconds; {@link WatchedConnection#NOT} if there is none. */
    long awaitedFor(long now) {
        long begun = since;
        return begun == NONE ? WatchedConnection.NOT : now - begun;
    }

    /** Gives all up, to make room. */
    void giveUp() {
        List.copyOf(bodies).forEach(body -> body.giveUp(true));
    }
}
