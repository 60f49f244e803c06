package dev.kerbearer.rest.edge.queue;

/** How many calls are worked on at once, and which of those that wait may be the next. */
interface Places {

    /** Whether there is none for anybody. */
    boolean isFull(long now);

    /** Whether a call may be let in. */
    boolean isFreeFor(QueuedCall<?> call, long now);

    /** A call is let in. */
    void take(QueuedCall<?> call);

    /** A call that was let in has ended. */
    void giveBack(QueuedCall<?> call);

    /** How many calls there are places for. */
    int number();
}
