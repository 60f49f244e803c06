package dev.kerbearer.application.grant;

import dev.kerbearer.domain.grant.Grant;
import java.time.Instant;

/**
 * A token that is valid now.
 *
 * @param grant the grant of the token
 * @param kind the kind of token
 */
public record ActiveToken(Grant grant, Kind kind) {

    /** The kind of a token. */
    public enum Kind {
        /** An access token, for use at a resource server. */
        ACCESS,
        /** A refresh token, which can only be exchanged for a new pair. */
        REFRESH
    }

    /** Returns when the token expires. */
    public Instant expires() {
        return kind == Kind.ACCESS ? grant.accessExpires() : grant.refreshUntil();
    }
}
