package dev.kerbearer.application.grant;

import dev.kerbearer.domain.grant.Grant;
import java.time.Instant;

/**
 * A token that is good now.
 *
 * @param grant whose token it is
 * @param kind what it is
 */
public record ActiveToken(Grant grant, Kind kind) {

    /** What a token can be. */
    public enum Kind {
        /** It opens a resource. */
        ACCESS,
        /** It is good for a new pair, and opens nothing. */
        REFRESH
    }

    /** From when on it is good no more. */
    public Instant expires() {
        return kind == Kind.ACCESS ? grant.accessExpires() : grant.refreshUntil();
    }
}
