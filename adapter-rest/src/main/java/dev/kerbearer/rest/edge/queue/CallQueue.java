package dev.kerbearer.rest.edge.queue;

import dev.kerbearer.rest.edge.queue.QueuedCall.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queue of calls that wait for a place, and the places. It knows nothing of HTTP and starts no timer: its owner
 * calls {@link #tick()} while calls wait. Not thread-safe.
 *
 * <p>Calls of a burst get their places in order of arrival. Calls that arrive in an overload wait in a separate line
 * per kind, newest first (adaptive LIFO), so that a call that gets a place has not waited long. A line holds at most as
 * many calls as there are places. The line for refresh and revoke holds at most {@link QueuePolicy#BURST}. If a line is
 * full, the next call displaces the oldest. The burst and the lines alternate, so that none starves another.
 *
 * @param <C> a call
 */
public final class CallQueue<C> {

    /** A call that has waited this long in a line goes next, so that it does not starve after the overload. */
    static final long OLD = Duration.ofMillis(50).toNanos();

    /**
     * The longest time that a call keeps its place after its client has disconnected, in nanoseconds. There is a limit
     * because the work may never end. If the place were free at once, clients that disconnect early would take all
     * threads while a domain or a directory hangs.
     */
    public static final long GONE = Duration.ofSeconds(5).toNanos();

    private final Places places;
    private final LongSupplier nanoTime;
    private final QueueMetrics metrics;
    private final QueuePolicy policy;
    private final Deque<QueuedCall<C>> gone = new ArrayDeque<>();
    private final Deque<QueuedCall<C>> burst = new ArrayDeque<>();
    private final Map<CallKind, Deque<QueuedCall<C>>> lines = new EnumMap<>(CallKind.class);
    private final List<Deque<QueuedCall<C>>> roundRobin = new ArrayList<>();
    private int nextIndex;
    private int length;

    public CallQueue(Places places, LongSupplier nanoTime, QueueMetrics metrics) {
        this.places = places;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.policy = new QueuePolicy(nanoTime.getAsLong());
        roundRobin.add(burst);
        for (CallKind kind : CallKind.values()) {
            Deque<QueuedCall<C>> line = new ArrayDeque<>();
            lines.put(kind, line);
            roundRobin.add(line);
        }
    }

    /**
     * Calls that the owner of the queue must now process or refuse.
     *
     * @param letIn calls that have a place now
     * @param refused calls that have no place and wait no longer
     */
    public record Changes<C>(List<QueuedCall<C>> letIn, List<QueuedCall<C>> refused) {

        Changes() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Adds a call. It gets a place at once, waits for one, or displaces another waiting call. */
    public Changes<C> enter(QueuedCall<C> call) {
        long now = nanoTime.getAsLong();
        Changes<C> changes = new Changes<>();
        releaseGone(now);
        letNextIn(now, changes);
        if (length() == 0) {
            policy.empty(now);
        }
        policy.look(now, oldest(now), length());
        policy.comes();
        if (places.isFreeFor(call, now)) {
            takePlace(call, now);
            changes.letIn().add(call);
        } else {
            await(call, now, changes);
        }
        return changes;
    }

    private void await(QueuedCall<C> call, long now, Changes<C> changes) {
        boolean late = policy.isLate(now);
        call.waits(late, now);
        metrics.waits(call.kind());
        Deque<QueuedCall<C>> line = late ? line(call.kind()) : burst;
        line.addLast(call);
        length++;
        if (late && line.size() > most(call.kind())) {
            length--;
            refuse(line.removeFirst(), now, changes);
        }
    }

    private int most(CallKind kind) {
        return kind == CallKind.CHANGE ? QueuePolicy.BURST : places.number();
    }

    /** Removes a call that was answered or whose client has disconnected. */
    public Changes<C> leave(QueuedCall<C> call) {
        long now = nanoTime.getAsLong();
        Changes<C> changes = new Changes<>();
        if (call.state() == State.WAITING) {
            removeWaiting(call);
            metrics.gone(call.kind());
        } else if (call.state() == State.INSIDE) {
            gone.remove(call);
            freePlace(call);
        }
        call.is(State.OUTSIDE, now);
        letNextIn(now, changes);
        return changes;
    }

    /**
     * Notes that a client has disconnected while its call is processed. The call leaves when its work ends, or after
     * {@link #GONE} at the latest.
     */
    public Changes<C> leaveLater(QueuedCall<C> call) {
        if (call.state() != State.INSIDE) {
            return leave(call);
        }
        call.clientGoes(nanoTime.getAsLong());
        gone.add(call);
        return new Changes<>();
    }

    private void removeWaiting(QueuedCall<C> call) {
        if ((call.late() ? line(call.kind()) : burst).remove(call)) {
            length--;
        }
    }

    private void releaseGone(long now) {
        while (!gone.isEmpty() && now - gone.getFirst().goneSince() >= GONE) {
            QueuedCall<C> call = gone.removeFirst();
            freePlace(call);
            call.is(State.OUTSIDE, now);
        }
    }

    private void freePlace(QueuedCall<C> call) {
        places.giveBack(call);
        policy.answered();
    }

    /** Applies the passage of time: frees places that were kept too long, and refuses calls that waited too long. */
    public Changes<C> tick() {
        long now = nanoTime.getAsLong();
        Changes<C> changes = new Changes<>();
        releaseGone(now);
        letNextIn(now, changes);
        policy.look(now, oldest(now), length());
        waiting()
                .filter(call -> now - call.since() >= policy.limit(call.kind(), call.late(), now))
                .toList()
                .forEach(call -> {
                    removeWaiting(call);
                    refuse(call, now, changes);
                });
        return changes;
    }

    private void refuse(QueuedCall<C> call, long now, Changes<C> changes) {
        call.is(State.OUTSIDE, now);
        policy.refused();
        metrics.refused(call.kind());
        changes.refused().add(call);
    }

    private void letNextIn(long now, Changes<C> changes) {
        @Nullable QueuedCall<C> next = next(now);
        while (next != null) {
            long waited = now - next.since();
            takePlace(next, now);
            metrics.letIn(next.kind(), waited);
            policy.letIn(now, waited, length());
            changes.letIn().add(next);
            next = next(now);
        }
    }

    private void takePlace(QueuedCall<C> call, long now) {
        places.take(call);
        call.is(State.INSIDE, now);
    }

    private @Nullable QueuedCall<C> next(long now) {
        for (int i = 0; length > 0 && i < roundRobin.size() && !places.isFull(now); i++) {
            int at = (nextIndex + i) % roundRobin.size();
            @Nullable QueuedCall<C> next = nextOf(roundRobin.get(at), now);
            if (next != null) {
                nextIndex = at + 1;
                return next;
            }
        }
        return null;
    }

    private @Nullable QueuedCall<C> nextOf(Deque<QueuedCall<C>> line, long now) {
        @Nullable QueuedCall<C> oldest = line.peekFirst();
        if (oldest == null) {
            return null;
        }
        boolean oldestFirst = line == burst || now - oldest.since() >= OLD;
        Iterator<QueuedCall<C>> calls = oldestFirst ? line.iterator() : line.descendingIterator();
        while (calls.hasNext()) {
            QueuedCall<C> call = calls.next();
            if (places.isFreeFor(call, now)) {
                calls.remove();
                length--;
                return call;
            }
        }
        return null;
    }

    private Deque<QueuedCall<C>> line(CallKind kind) {
        return Objects.requireNonNull(lines.get(kind));
    }

    /** Returns how many calls wait. */
    public int length() {
        return length;
    }

    private Stream<QueuedCall<C>> waiting() {
        return roundRobin.stream().flatMap(Collection::stream);
    }

    private long oldest(long now) {
        long oldest = 0;
        for (int i = 0; length > 0 && i < roundRobin.size(); i++) {
            @Nullable QueuedCall<C> first = roundRobin.get(i).peekFirst();
            if (first != null) {
                oldest = Math.max(oldest, now - first.since());
            }
        }
        return oldest;
    }
}
