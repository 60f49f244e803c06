package dev.kerbearer.application.grant;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.CallAddress;
import dev.kerbearer.domain.audit.Origin.Method;
import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Ends the whole grant of an access or refresh token (RFC 7009). The client of a token never changes, so the client is
 * checked first and the grant is then ended by its id. A rotation in between does not save the grant.
 */
public final class RevokeToken {

    private final TokenCodec codec;
    private final Grants grants;
    private final InstantSource clock;

    /**
     * @param codec reads access tokens
     * @param grants the recorded grants
     * @param clock decides whether a token has expired
     */
    public RevokeToken(TokenCodec codec, Grants grants, InstantSource clock) {
        this.codec = codec;
        this.grants = grants;
        this.clock = clock;
    }

    private record Held(Grant grant, Method method) {}

    /**
     * Ends the grant, if it is live. An invalid or expired token is not an error (RFC 7009 section 2.2).
     *
     * @param client the calling client
     * @param address the address of the call
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_grant} if the token belongs to another
     *     client
     * @throws dev.kerbearer.domain.port.Unavailable if it cannot be ended now
     */
    public void revoke(ClientId client, PresentedToken presented, CallAddress address) {
        Instant now = clock.instant();
        Optional<Held> held = presented.lookedUp(() -> byAccess(presented, now), () -> byRefresh(presented, now));
        held.ifPresent(found -> {
            tokenIsOfThisClient(found.grant(), client);
            Act.ByHolder act = new Act.ByHolder(address.origin(found.method()), now);
            grants.end(found.grant(), Ending.REVOKED, act);
        });
    }

    /** RFC 7009 section 2.1: a token of another client is rejected. */
    private static void tokenIsOfThisClient(Grant grant, ClientId client) {
        if (!grant.client().equals(client)) {
            throw Refusal.tokenOfAnotherClient(new Detail("it was issued to " + grant.client()))
                    .asException()
                    .concerning(new Parties(Optional.of(grant.identity().toString()), Optional.of(client.value())));
        }
    }

    private Optional<Held> byAccess(PresentedToken presented, Instant now) {
        return codec.digestOf(presented.token())
                .flatMap(grants::findByAccessToken)
                .filter(grant -> grant.accessIsLiveAt(now))
                .map(grant -> new Held(grant, Method.BEARER));
    }

    /**
     * A replaced token is accepted too. A client that lost the response to a refresh has no other token. A thief with a
     * replaced token could also end the grant by a refresh.
     */
    private Optional<Held> byRefresh(PresentedToken presented, Instant now) {
        return grants.findByRefreshToken(presented.refreshDigest())
                .filter(token -> token.state() != State.ENDED)
                .map(PresentedRefreshToken::grant)
                .filter(grant -> !grant.isOverAt(now))
                .map(grant -> new Held(grant, Method.REFRESH_TOKEN));
    }
}
