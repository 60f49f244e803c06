package dev.kerbearer.rest.edge.connection;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A part of a request that has begun to arrive and is not complete: its head or its body. It begins, grows and
 * completes on one event loop; any thread may give it up.
 */
public abstract class Unfinished {

    private static final long NOT_BEGUN = 0;

    private final UnfinishedRequests all;
    private final AtomicInteger held = new AtomicInteger();
    private volatile long since = NOT_BEGUN;
    private volatile boolean givenUp;

    public Unfinished(UnfinishedRequests all) {
        this.all = all;
    }

    /** Begins at the given time, in the measure of {@link UnfinishedRequests#now}. */
    final void begin(long at) {
        since = at == NOT_BEGUN ? 1 : at;
    }

    /** Adds to the bytes that it holds. */
    public final void grow(int bytes) {
        if (!givenUp) {
            held.addAndGet(bytes);
            all.grow(bytes);
        }
    }

    /** Stops counting the bytes that have arrived so far. The time limit does not restart. */
    final void dropBytes() {
        all.release(held.getAndSet(0));
    }

    /**
     * Notes that it is complete and needs no more watching. Its bytes are released even if another thread gave it up
     * while it grew.
     */
    final void end() {
        since = NOT_BEGUN;
        dropBytes();
    }

    final boolean isBegun() {
        return since != NOT_BEGUN && !givenUp;
    }

    /** Returns when it began; meaningless if it has not begun. */
    final long since() {
        return since;
    }

    /**
     * Gives it up, once, and returns how many bytes it held.
     *
     * @param toMakeRoom whether this makes room for others that wait; otherwise its time has run out
     */
    final int giveUp(boolean toMakeRoom) {
        if (givenUp || since == NOT_BEGUN) {
            return 0;
        }
        givenUp = true;
        int bytes = held.getAndSet(0);
        all.release(bytes);
        drop(toMakeRoom);
        return bytes;
    }

    /** Returns whether complete requests depend on it. */
    protected boolean isShared() {
        return false;
    }

    int held() {
        return held.get();
    }

    /** Ends the request or connection that it is part of. Any thread may call this. */
    protected abstract void drop(boolean toMakeRoom);
}
