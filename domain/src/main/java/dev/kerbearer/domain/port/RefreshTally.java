package dev.kerbearer.domain.port;

/** Counts what an operator wants to see of refreshing, beside the audit log. */
public interface RefreshTally {

    /** An answer was given again within the reuse leeway. */
    void repeated();

    /**
     * A replaced token was presented after the leeway.
     *
     * @param endedGrant whether that ended its grant, which it does the first time
     */
    void reused(boolean endedGrant);

    /**
     * A replaced token was presented after the leeway, and its grant could not be ended. Whoever presented it is told to
     * try again, and then it is tried again.
     *
     * @param why it could not
     */
    void reusedAndNotEnded(Throwable why);
}
