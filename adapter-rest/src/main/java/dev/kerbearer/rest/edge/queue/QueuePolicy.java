package dev.kerbearer.rest.edge.queue;

import java.time.Duration;

/**
 * Distinguishes a burst from an overload, and decides how long a call may wait in each. The idea is CoDel's (RFC 8289):
 * a queue that empties again and again is good, and a standing queue only makes every caller wait. This class reads no
 * clock: time is an argument, in nanoseconds.
 *
 * <p>In a burst a call waits up to {@link #BURST_WAIT}. An overload begins if more than {@link #BURST} calls have
 * waited since the queue was last empty. It also begins if the queue of a warm node has not been empty for
 * {@link #STANDING_AFTER}. It ends when almost no call is refused and no call waits long. An empty queue alone does not
 * end it, because a queue can be empty for a moment by chance.
 *
 * <p>The queue also counts as empty if a call gets its place within {@link #BRISK}. If there are a few more clients
 * than places, and each calls again at once, some call always waits, but none waits long.
 */
public final class QueuePolicy {

    /** How many calls may wait as a burst. */
    static final int BURST = 1_000;

    /**
     * A node is warm if it had answered this many calls when its queue was last empty. A cold node still compiles its
     * code while it answers, so its standing queue does not yet mean overload.
     */
    static final int WARM = 1_000;

    public static final long BURST_WAIT = Duration.ofSeconds(10).toNanos();
    static final long STANDING_AFTER = Duration.ofSeconds(2).toNanos();
    static final long BRISK = Duration.ofMillis(200).toNanos();

    /**
     * Refusals are counted over at least this time and {@link #COUNTED_CALLS} calls, or over {@link #COUNTED_AT_MOST}
     * if fewer calls arrive.
     */
    static final long COUNTED = Duration.ofMillis(100).toNanos();

    static final long COUNTED_AT_MOST = Duration.ofSeconds(1).toNanos();
    static final int COUNTED_CALLS = 20;

    /** One refusal in this many calls counts as none: under low load, chance alone refuses that many. */
    static final int HARDLY_A_CALL = 20;

    /** The longest wait in an overload. Most calls are refused earlier, because newer calls displace them. */
    static final long SHORT_WAIT = Duration.ofMillis(250).toNanos();

    /** The longest wait in an overload for refresh and revoke. */
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

    /** Notes that a call arrives. */
    void comes() {
        came++;
    }

    /** Returns whether calls beyond what can be answered are refused. */
    boolean overloaded() {
        return overloaded;
    }

    /** Notes that a call was answered or that its client has disconnected. */
    void answered() {
        answered++;
    }

    /** Notes that no call waits. */
    void empty(long now) {
        if (!overloaded) {
            emptied(now, 0);
        }
    }

    /** Notes that a call begins to wait; returns whether it is beyond the burst. */
    boolean isLate(long now) {
        sinceEmpty++;
        if (sinceEmpty > BURST) {
            overload(now);
        }
        return overloaded;
    }

    /**
     * Notes that a waiting call has got a place.
     *
     * @param waited how long it waited
     * @param length how many calls still wait
     */
    void letIn(long now, long waited, int length) {
        if (!overloaded && waited < BRISK) {
            emptied(now, length);
        }
    }

    /** Notes that a call is refused. */
    void refused() {
        refused++;
    }

    /**
     * Checks whether an overload begins or ends.
     *
     * @param oldest how long the oldest call has waited
     * @param length how many calls wait
     */
    void look(long now, long oldest, int length) {
        if (!overloaded && length > 0 && isStanding(now)) {
            overload(now);
        } else if (overloaded && isCounted(now)) {
            // No call waited or arrived in that time; otherwise the count would have ended earlier.
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

    /** Returns how long a call may wait. A call of a burst keeps its longer limit, unless the queue is standing. */
    long limit(CallKind kind, boolean late, long now) {
        if (!overloaded || (!late && !isStanding(now))) {
            return BURST_WAIT;
        }
        return kind == CallKind.CHANGE ? CHANGE_WAIT : SHORT_WAIT;
    }

    private boolean isStanding(long now) {
        return warm && now - emptyAt >= STANDING_AFTER;
    }

    private void overload(long now) {
        if (!overloaded) {
            overloaded = true;
            count(now);
        }
    }

    /**
     * Notes that the queue counts as empty. The calls that still wait count for the next burst, so that no more than a
     * burst of calls ever wait.
     */
    private void emptied(long now, int length) {
        emptyAt = now;
        sinceEmpty = length;
        warm = answered >= WARM;
    }
}
