package dev.kerbearer.rest.edge.connection;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;

/**
 * The connections of a node. At the limit, a new connection replaces the connection that has been unfinished longest.
 * If there is none, it replaces the connection that has been idle longest. If there is none either, the new connection
 * is closed.
 */
public final class WatchedConnections {

    private static final Logger LOG = Logger.getLogger(WatchedConnections.class);

    /**
     * How long a connection must be idle to be replaced. Shortly after an answer, the client may be about to ask again.
     */
    private static final long IDLE = Duration.ofSeconds(2).toNanos();

    private final int most;
    private final UnfinishedRequests unfinished;
    private final Set<WatchedConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();

    public WatchedConnections(int most, UnfinishedRequests unfinished) {
        this.most = most;
        this.unfinished = unfinished;
    }

    public UnfinishedRequests unfinished() {
        return unfinished;
    }

    public int number() {
        return number.get();
    }

    void opened(WatchedConnection connection) {
        open.add(connection);
        unfinished.add(connection.partial());
        if (number.incrementAndGet() > most) {
            WatchedConnection dispensable = dispensable(connection);
            LOG.debug("The connection limit is reached: one connection is closed");
            closed(dispensable);
            dispensable.giveUp();
        }
    }

    /** Removes a connection. Must be called at least once. */
    void closed(WatchedConnection connection) {
        if (open.remove(connection)) {
            unfinished.remove(connection.partial());
            number.decrementAndGet();
        }
    }

    private WatchedConnection dispensable(WatchedConnection newcomer) {
        long now = unfinished.now();
        return longest(newcomer, one -> one.unfinishedFor(now), 0)
                .or(() -> longest(newcomer, one -> one.idleFor(now), IDLE))
                .orElse(newcomer);
    }

    private Optional<WatchedConnection> longest(
            WatchedConnection butNot, ToLongFunction<WatchedConnection> time, long atLeast) {
        return open.stream()
                .filter(one -> one != butNot)
                .map(one -> new Timed(time.applyAsLong(one), one))
                .filter(timed -> timed.nanos() >= atLeast)
                .max(Comparator.comparingLong(Timed::nanos))
                .map(Timed::connection);
    }

    private record Timed(long nanos, WatchedConnection connection) {}
}
