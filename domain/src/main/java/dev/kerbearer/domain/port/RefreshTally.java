package dev.kerbearer.domain.port;

/** Counts refresh events for the operator, beside the audit log. */
public interface RefreshTally {

    /** Counts an answer that was repeated within the reuse leeway. */
    void repeated();

    /**
     * Counts a replaced token that was presented after the leeway.
     *
     * @param endedGrant whether this reuse ended the grant; only the first reuse does
     */
    void reused(boolean endedGrant);

    /**
     * Counts a replaced token that was presented after the leeway, but whose grant could not be ended. The client is
     * told to try again, and its next attempt tries to end the grant again.
     *
     * @param why why it could not be ended
     */
    void reusedAndNotEnded(Throwable why);
}
