package dev.kerbearer.rest.edge.connection;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * All incomplete heads and bodies on one node. Each has a time limit, even if its data trickles in, and is given up
 * when its time is over. All together have a byte limit. If the byte limit is exceeded, the oldest are given up.
 */
public final class UnfinishedRequests {

    /**
     * A connection that good requests share is not given up to make room while it holds at most this many bytes. PINGs
     * and similar frames need no more.
     */
    private static final int SMALL = 16 * 1024;

    private final long timeNanos;
    private final long budget;
    private final LongSupplier nanoTime;
    private final Set<Unfinished> known = ConcurrentHashMap.newKeySet();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong complete = new AtomicLong();
    private final AtomicBoolean makingRoom = new AtomicBoolean();

    /**
     * @param time how long each may take to be complete
     * @param budget how many bytes all of them may hold
     */
    UnfinishedRequests(Duration time, long budget) {
        this(time, budget, System::nanoTime);
    }

    public UnfinishedRequests(Duration time, long budget, LongSupplier nanoTime) {
        this.timeNanos = time.toNanos();
        this.budget = budget;
        this.nanoTime = nanoTime;
    }

    /** Returns the time that all measurements here use, in nanoseconds. */
    long now() {
        return nanoTime.getAsLong();
    }

    void add(Unfinished one) {
        known.add(one);
    }

    void remove(Unfinished one) {
        one.end();
        known.remove(one);
    }

    /** Returns how many bytes they hold. */
    public long held() {
        return held.get();
    }

    void grow(int bytes) {
        if (held.addAndGet(bytes) > budget) {
            makeRoom();
        }
    }

    void release(int bytes) {
        held.addAndGet(-bytes);
    }

    /**
     * Counts a complete request that waits; it is never given up. Returns false and counts nothing if the waiting
     * requests would exceed their share, three quarters of the limit. The rest is reserved for unfinished requests.
     * Otherwise each new unfinished request would be given up.
     */
    public boolean keepComplete(int bytes) {
        if (complete.addAndGet(bytes) > budget - budget / 4) {
            complete.addAndGet(-bytes);
            return false;
        }
        grow(bytes);
        return true;
    }

    public void releaseComplete(int bytes) {
        complete.addAndGet(-bytes);
        release(bytes);
    }

    /** Gives up those that have taken too long. Shared ones may take twice as long. */
    void giveUpLate() {
        long now = now();
        for (Unfinished one : known) {
            long age = now - one.since();
            if (one.isBegun() && age > timeNanos && (!one.isShared() || age > 2 * timeNanos)) {
                one.giveUp(false);
            }
        }
    }

    /** Gives up somewhat more than needed, so that it does not run again for each byte that follows. */
    private void makeRoom() {
        if (!makingRoom.compareAndSet(false, true)) {
            return;
        }
        try {
            long tooMany = held.get() - budget + budget / 8;
            for (Began one : oldestFirst()) {
                if (tooMany <= 0) {
                    return;
                }
                if (!one.what.isShared() || one.what.held() > SMALL) {
                    tooMany -= one.what.giveUp(true);
                }
            }
        } finally {
            makingRoom.set(false);
        }
    }

    /** Sorts by a snapshot of the ages, because the ages change during the sort. */
    private List<Began> oldestFirst() {
        long now = now();
        return known.stream()
                .filter(Unfinished::isBegun)
                .map(one -> new Began(now - one.since(), one))
                .sorted(Comparator.comparingLong(Began::age).reversed())
                .toList();
    }

    private record Began(long age, Unfinished what) {}
}
