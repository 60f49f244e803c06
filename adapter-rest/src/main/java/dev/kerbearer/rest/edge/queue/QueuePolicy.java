package dev.kerbearer.rest.edge.queue;

import java.time.Duration;

/**
 * Tells a burst from an overload, and how long a call waits for a place in either. The idea is CoDel's (RFC 8289): a queue
 * that empties again and again is good, and one that stands only makes everybody wait. Pure: time is an argument, in
 * nanoseconds.
 *
 * <p>In a burst a call waits for up to {@link #BURST_WAIT}. Overload begins with the call after the first {@link #BURST}
 * since the queue was last empty, or when the queue of a warm node has stood for {@link #STANDS}. It ends when hardly a call
 * is refused any more and none waits for long: a queue can be empty for a moment by chance, in the middle of an overload.
 *
 * <p>The queue also counts as empty when a call gets its place within {@link #BRISK}: a few more clients than there are
 * places, each of which calls again at once, always leave somebody waiting, and nobody for long.
 */
public final class QueuePolicy {

    /** So many calls wait as a burst. */
    static final int BURST = 1_000;

    /**
     * A node is warm when it had answered so many calls by the time its queue was last empty. A cold node compiles its code
     * while it answers, so that a queue which stands shows nothing yet.
     */
    static final int WARM = 1_000;

    public static final long BURST_WAIT = Duration.ofSeconds(10).toNanos();
    static final long STANDS = Duration.ofSeconds(2).toNanos();
    static final long BRISK = Duration.ofMillis(200).toNanos();

    /** Over so much time, and so many calls, it is counted how many are refused; without calls over the longer one. */
    static final long COUNTED = Duration.ofMillis(100).toNanos();

    static final long COUNTED_AT_MOST = Duration.ofSeconds(1).toNanos();
    static final int COUNTED_CALLS = 20;

    /** One refusal in so many calls is none: where little is to do, chance refuses that many. */
    static final int HARDLY_A_CALL = 20;

    /** In an overload. Most are refused earlier, when newer calls displace them. */
    static final long SHORT_WAIT = Duration.ofMillis(250).toNanos();

    /** In an overload, for refresh and revoke. */
    static final long CHANGE_WAIT = Duration.ofSeconds(1).toNanos();

    private long answered;
    private boolean warm;
    private long emptyAt;
    private int sinceEmpty;
    private boolean overloaded;
    private long countedFrom;
    private int came;
    private int refused;

    QueuePolicy(long now) {
        this.emptyAt = now;
        this.countedFrom = now;
    }

    /** A call comes. */
    void comes() {
        came++;
    }

    /** Whether calls beyond what can be answered are refused. */
    boolean overloaded() {
        return overloaded;
    }

    /** A call has been answered, or its client has gone. */
    void answered() {
        answered++;
    }

    /** Nobody waits. */
    void empty(long now) {
        if (!overloaded) {
            emptied(now, 0);
        }
    }

    /** A call begins to wait; whether it is beyond the burst. */
    boolean isLate(long now) {
        sinceEmpty++;
        if (sinceEmpty > BURST) {
            overload(now);
        }
        return overloaded;
    }

    /**
     * A call that waited has got a place.
     *
     * @param waited how long
     * @param length how many still wait
     */
    void letIn(long now, long waited, int length) {
        if (!overloaded && waited < BRISK) {
            emptied(now, length);
        }
    }

    /** A call is refused. */
    void refused() {
        refused++;
    }

    /**
     * Looks whether an overload begins or ends with time.
     *
     * @param oldest how long the oldest call has waited
     * @param length how many wait
     */
    void look(long now, long oldest, int length) {
        if (!overloaded && length > 0 && stands(now)) {
            overload(now);
        } else if (overloaded && isCounted(now)) {
            // Nobody waited and nobody came since, or it would have been counted before.
            boolean pause = now - countedFrom >= 2 * COUNTED_AT_MOST;
            boolean calm = pause || refused * HARDLY_A_CALL <= came;
            count(now);
            if (calm && oldest < BRISK) {
                overloaded = false;
                emptied(now, length);
            }
        }
    }

    private boolean isCounted(long now) {
        long counted = now - countedFrom;
        return counted >= COUNTED_AT_MOST || (counted >= COUNTED && came >= COUNTED_CALLS);
    }

    private void count(long now) {
        countedFrom = now;
        came = 0;
        refused = 0;
    }

    /** How long a call waits at most. What belongs to a burst keeps its time, unless the queue stands. */
    long limit(CallKind kind, boolean late, long now) {
        if (!overloaded || (!late && !stands(now))) {
            return BURST_WAIT;
        }
        return kind == CallKind.CHANGE ? CHANGE_WAIT : SHORT_WAIT;
    }

    private boolean stands(long now) {
        return warm && now - emptyAt >= STANDS;
    }

    private void overload(long now) {
        if (!overloaded) {
            overloaded = true;
            count(now);
        }
    }

    /** Those who wait are counted, so that no more than a burst of them ever do. */
    private void emptied(long now, int length) {
        emptyAt = now;
        sinceEmpty = length;
        warm = answered >= WARM;
    }
}
