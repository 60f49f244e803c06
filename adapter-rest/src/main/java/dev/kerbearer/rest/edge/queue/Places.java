package dev.kerbearer.rest.edge.queue;

/** How many calls are processed at once, and which waiting call may be next. */
interface Places {

    /** Returns whether no call at all can get a place. */
    boolean isFull(long now);

    /** Returns whether a call may be let in. */
    boolean isFreeFor(QueuedCall<?> call, long now);

    /** Takes a place for a call that is let in. */
    void take(QueuedCall<?> call);

    /** Frees the place of a call that has ended. */
    void giveBack(QueuedCall<?> call);

    /** Returns how many places there are. */
    int number();
}
