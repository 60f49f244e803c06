package dev.kerbearer.application.grant;

import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.refusal.Refusal;
import java.time.InstantSource;

/** Tells what an access token is good for: {@code GET authorize/verify} of {@code docs/wire.md}. */
public final class VerifyToken {

    private final TokenCodec codec;
    private final Grants grants;
    private final InstantSource clock;

    /**
     * @param codec reads tokens
     * @param grants where grants are recorded
     * @param clock tells whether a token is past its time
     */
    public VerifyToken(TokenCodec codec, Grants grants, InstantSource clock) {
        this.codec = codec;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * Answers the grant of a token that is good now.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_token} (RFC 6750 section 3.1) for any other
     * @throws dev.kerbearer.domain.port.Unavailable where that cannot be told now
     */
    public Grant verify(String presented) {
        return codec.digestOf(presented)
                .flatMap(grants::findByAccessToken)
                .filter(grant -> grant.accessIsLiveAt(clock.instant()))
                .orElseThrow(() -> Refusal.invalidToken().asException());
    }
}
