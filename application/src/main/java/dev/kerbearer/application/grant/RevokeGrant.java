package dev.kerbearer.application.grant;

import dev.kerbearer.domain.audit.Act;
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
     * @param grants the recorded grants
     * @param clock decides whether a token has expired
     */
    public RevokeGrant(TokenCodec codec, Grants grants, InstantSource clock) {
        this.codec = codec;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * Returns the grant that was ended; empty if the token is not valid.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if it cannot be ended now
     */
    public Optional<Grant> revoke(String presented, Origin origin) {
        return codec.digestOf(presented)
                .flatMap(token -> grants.revoke(token, new Act.ByHolder(origin, clock.instant())));
    }
}
