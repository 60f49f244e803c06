package dev.kerbearer.domain.grant;

/**
 * A refresh token that a client presents, as storage knows it.
 *
 * @param grant the grant of the token
 * @param state the current state of the token
 */
public record PresentedRefreshToken(Grant grant, State state) {

    /** The state of a refresh token; a token only moves down this list. */
    public enum State {
        /** The token can be exchanged for a new pair. */
        LIVE,
        /** The token was replaced within the reuse leeway: it gets the same answer again. */
        REPEATABLE,
        /** The token was replaced longer ago: presenting it ends the grant. */
        REUSED,
        /** The grant was ended. */
        ENDED
    }
}
