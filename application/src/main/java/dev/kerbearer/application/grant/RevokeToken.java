package dev.kerbearer.application.grant;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.CallAddress;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.audit.Origin.Method;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Ends the whole grant of a token, whichever of its tokens that is (RFC 7009). Whose token it is never changes, so the
 * client is compared first, and the grant is ended by its id: a rotation that comes between does not save it.
 */
public final class RevokeToken {

    private final TokenCodec codec;
    private final Grants grants;
    private final InstantSource clock;

    /**
     * @param codec reads access tokens
     * @param grants where grants are recorded
     * @param clock tells whether a token is past its time
     */
    public RevokeToken(TokenCodec codec, Grants grants, InstantSource clock) {
        this.codec = codec;
        this.grants = grants;
        this.clock = clock;
    }

    private record Held(Grant grant, Method method) {}

    /**
     * Ends the grant, if it lives. A token that is good no more, or never was, is no error (RFC 7009 section 2.2).
     *
     * @param client who asks
     * @param address from where
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_grant} where it is another client's
     * @throws dev.kerbearer.domain.port.Unavailable where it cannot be ended now
     */
    public void revoke(ClientId client, PresentedToken presented, CallAddress address) {
        Instant now = clock.instant();
        Optional<Held> held = presented.lookedUp(() -> byAccess(presented, now), () -> byRefresh(presented, now));
        held.ifPresent(found -> {
            tokenIsOfThisClient(found.grant(), client);
            Origin origin = address.origin(found.method());
            grants.end(found.grant().id(), AuditEvent.revoked(now, origin, found.grant()), now);
        });
    }

    /** RFC 7009 section 2.1: a token of another client is refused. */
    private static void tokenIsOfThisClient(Grant grant, ClientId client) {
        if (!grant.client().equals(client)) {
            throw Refusal.tokenOfAnotherClient().asException();
        }
    }

    private Optional<Held> byAccess(PresentedToken presented, Instant now) {
        return codec.digestOf(presented.token())
                .flatMap(grants::findByAccessToken)
                .filter(grant -> grant.accessIsLiveAt(now))
                .map(grant -> new Held(grant, Method.BEARER));
    }

    /**
     * A replaced token counts, too. A client that lost the answer to a refresh has no other token; a replaced token in a
     * thief's hands would end the grant at a refresh as well.
     */
    private Optional<Held> byRefresh(PresentedToken presented, Instant now) {
        return grants.findByRefreshToken(presented.refreshDigest())
                .filter(token -> token.state() != State.ENDED)
                .map(PresentedRefreshToken::grant)
                .filter(grant -> !grant.isOverAt(now))
                .map(grant -> new Held(grant, Method.REFRESH_TOKEN));
    }
}
