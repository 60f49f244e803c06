package dev.kerbearer.application.grant;

import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.refusal.Refusal;
import java.time.InstantSource;

/** Verifies an access token: {@code GET authorize/verify} of {@code docs/wire.md}. */
public final class VerifyToken {

    private final TokenCodec codec;
    private final Grants grants;
    private final InstantSource clock;

    /**
     * @param codec reads tokens
     * @param grants the recorded grants
     * @param clock decides whether a token has expired
     */
    public VerifyToken(TokenCodec codec, Grants grants, InstantSource clock) {
        this.codec = codec;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * Returns the grant of a token that is valid now.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_token} (RFC 6750 section 3.1) for any other
     *     token
     * @throws dev.kerbearer.domain.port.Unavailable if the token cannot be checked now
     */
    public Grant verify(String presented) {
        return codec.digestOf(presented)
                .flatMap(grants::findByAccessToken)
                .filter(grant -> grant.accessIsLiveAt(clock.instant()))
                .orElseThrow(() -> Refusal.invalidToken().asException());
    }
}
