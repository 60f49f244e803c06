package dev.kerbearer.domain.grant;

/**
 * A refresh token that somebody presents, as storage knows it.
 *
 * @param grant whose token it is or was
 * @param state what it is at this moment
 */
public record PresentedRefreshToken(Grant grant, State state) {

    /** What a refresh token of a grant can be; a token only ever moves down this list. */
    public enum State {
        /** Good for a new pair. */
        LIVE,
        /** Replaced within the reuse leeway: good for the answer that was given. */
        REPEATABLE,
        /** Replaced longer ago: whoever presents it ends the grant. */
        REUSED,
        /** Its grant was ended. */
        ENDED
    }
}
