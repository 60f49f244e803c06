package dev.kerbearer.application.grant;

import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import java.time.InstantSource;
import java.util.Optional;

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
        Grant grant = codec.digestOf(presented)
                .flatMap(grants::findByAccessToken)
                .orElseThrow(() -> Refusal.invalidToken().asException());
        if (!grant.accessIsLiveAt(clock.instant())) {
            throw expired(grant);
        }
        return grant;
    }

    private static RefusedException expired(Grant grant) {
        return Refusal.invalidToken(new Detail("it has expired"))
                .asException()
                .concerning(new Parties(
                        Optional.of(grant.identity().toString()),
                        Optional.of(grant.client().value())));
    }
}
