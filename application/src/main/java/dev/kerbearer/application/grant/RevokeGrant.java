package dev.kerbearer.application.grant;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.TokenCodec;
import java.time.InstantSource;
import java.util.Optional;

/** Ends the whole grant of an access token: {@code GET revoke/token} of {@code docs/wire.md}. */
public final class RevokeGrant {

    private final TokenCodec codec;
    private final Grants grants;
    private final InstantSource clock;

    /**
     * @param codec reads tokens
     * @param grants where grants are recorded
     * @param clock tells whether a token is past its time
     */
    public RevokeGrant(TokenCodec codec, Grants grants, InstantSource clock) {
        this.codec = codec;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * Answers the grant that was ended; empty where the token was good no more, or never was.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where it cannot be ended now
     */
    public Optional<Grant> revoke(String presented, Origin origin) {
        return codec.digestOf(presented).flatMap(token -> grants.revoke(token, origin, clock.instant()));
    }
}
