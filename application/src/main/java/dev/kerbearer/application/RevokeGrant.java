package dev.kerbearer.application;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.port.Grants;
import java.time.InstantSource;
import java.util.Optional;

/** Ends the whole grant of an access token: {@code GET revoke/token} of {@code docs/wire.md}. */
public final class RevokeGrant {

    private final Grants grants;
    private final InstantSource clock;

    /**
     * @param grants where grants are recorded
     * @param clock tells whether a token is past its time
     */
    public RevokeGrant(Grants grants, InstantSource clock) {
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * Answers the grant that was ended; empty where the token was good no more, or never was.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where it cannot be ended now
     */
    public Optional<Grant> revoke(String presented, Origin origin) {
        return grants.revoke(TokenDigest.ofPresented(presented), origin, clock.instant());
    }
}
