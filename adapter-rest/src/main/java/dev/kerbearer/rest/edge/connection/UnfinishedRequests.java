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
 * All that has begun to come and isn't there as a whole, on one node. Each has so much time, whatever drips; all together
 * have so many bytes. Past either, the oldest is given up.
 */
public final class UnfinishedRequests {

    /** What PINGs and the like of a connection that is shared by good requests come to at most. */
    private static final int SMALL = 16 * 1024;

    private final long timeNanos;
    private final long budget;
    private final LongSupplier nanoTime;
    private final Set<Unfinished> known = ConcurrentHashMap.newKeySet();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong whole = new AtomicLong();
    private final AtomicLong leaving = new AtomicLong();
    private final AtomicBoolean makingRoom = new AtomicBoolean();

    /**
     * @param time how long each may take to be there as a whole
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

    /** The time by which all here is measured, in nanoseconds. */
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

    /** How many bytes they hold. */
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

    /** So many bytes are given up. They are there still: an event loop reads all that has come before it ends anything. */
    void leave(int bytes) {
        leaving.addAndGet(bytes);
    }

    void hasLeft(int bytes) {
        leaving.addAndGet(-bytes);
    }

    /** Whether what comes is more than can be given up in time: nothing large is to be read now. */
    boolean isOverfull() {
        return held.get() + leaving.get() > 2 * budget;
    }

    /**
     * Counts a request that is there as a whole and waits: it is never given up. Answers false, and counts nothing, where
     * those that wait hold their share. The rest is for those that are unfinished, or each that began would be given up.
     */
    public boolean keepWhole(int bytes) {
        if (whole.addAndGet(bytes) > budget - budget / 4) {
            whole.addAndGet(-bytes);
            return false;
        }
        grow(bytes);
        return true;
    }

    public void releaseWhole(int bytes) {
        whole.addAndGet(-bytes);
        release(bytes);
    }

    /** Gives up those that have taken too long. */
    void giveUpLate() {
        long now = now();
        for (Unfinished one : known) {
            long age = now - one.since();
            if (one.isBegun() && age > timeNanos && (!one.isShared() || age > 2 * timeNanos)) {
                one.giveUp(false);
            }
        }
    }

    /** Somewhat more than is needed, so that it isn't done anew for each byte that follows. */
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

    /** By when they began as it is now: it changes while they are put in order. */
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
