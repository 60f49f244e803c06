package dev.kerbearer.rest.edge.connection;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something of a request that has begun to come and is not there as a whole: its head, or its body. It begins, grows and
 * is there on one event loop; it may be given up by any thread.
 */
public abstract class Unfinished {

    private static final long NOT_BEGUN = 0;

    private final UnfinishedRequests all;
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger leaving = new AtomicInteger();
    private volatile long since = NOT_BEGUN;
    private volatile boolean givenUp;

    public Unfinished(UnfinishedRequests all) {
        this.all = all;
    }

    /** Begins, at that moment of {@link UnfinishedRequests#now}. */
    final void begin(long at) {
        since = at == NOT_BEGUN ? 1 : at;
    }

    /** Notes that it holds so many more bytes. */
    public final void grow(int bytes) {
        if (!givenUp) {
            held.addAndGet(bytes);
            all.grow(bytes);
        }
    }

    /** Notes that what came so far is not kept; its time goes on. */
    final void dropBytes() {
        all.release(held.getAndSet(0));
    }

    /** It is there as a whole, and no longer of this matter. Another thread may have ended it while it grew. */
    final void end() {
        since = NOT_BEGUN;
        dropBytes();
    }

    final boolean isBegun() {
        return since != NOT_BEGUN && !givenUp;
    }

    /** When it began; of no meaning where it has not. */
    final long since() {
        return since;
    }

    /**
     * Gives it up, once, and answers for how many bytes it held.
     *
     * @param toMakeRoom whether that is for others, who wait; otherwise its time is over
     */
    final int giveUp(boolean toMakeRoom) {
        if (givenUp || since == NOT_BEGUN) {
            return 0;
        }
        givenUp = true;
        int bytes = held.getAndSet(0);
        all.release(bytes);
        int staying = Math.min(bytes, heldUntilGone());
        leaving.addAndGet(staying);
        all.leave(staying);
        drop(toMakeRoom);
        return bytes;
    }

    /** It was given up, and now nothing of it is left. */
    protected final void hasLeft() {
        all.hasLeft(leaving.getAndSet(0));
    }

    /** Whether others depend on it that are finished. */
    protected boolean isShared() {
        return false;
    }

    int held() {
        return held.get();
    }

    /** How much of what it holds is not free at once when it is dropped. */
    protected int heldUntilGone() {
        return Integer.MAX_VALUE;
    }

    /** Ends what it is part of, and tells {@link #hasLeft} once that is done. Called by any thread. */
    protected abstract void drop(boolean toMakeRoom);
}
