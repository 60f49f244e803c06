package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.GrantId;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.signin.SignInDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The grants that were issued. Every change is durable when its method returns. */
public interface Grants {

    /** What came of recording a grant. */
    enum Issuance {
        /** The grant, the digest of its sign-in and its audit line are stored. */
        RECORDED,
        /** The sign-in was answered before; nothing is stored. */
        REPLAYED,
        /** The integration is no longer enabled; nothing is stored. */
        INTEGRATION_ENDED,
        /** The identity may no longer sign in; nothing is stored. */
        IDENTITY_ENDED
    }

    /**
     * Stores a grant with the digests of its tokens, the digest of its sign-in and its audit line: all or nothing.
     *
     * @throws Unavailable where it cannot be stored
     */
    Issuance issue(IssuedGrant issued, SignInDigest signIn, AuditEvent event);

    /**
     * The grant that lives and whose access token has that digest, live or replaced within the leeway; it is told as it
     * was when that token was issued, and the token may be past its time.
     *
     * @throws Unavailable where it cannot be read
     */
    Optional<Grant> findByAccessToken(TokenDigest token);

    /**
     * What a refresh token is now, by the clock of the storage: live, replaced, or of a grant that was ended.
     *
     * @throws Unavailable where it cannot be read
     */
    Optional<PresentedRefreshToken> findByRefreshToken(TokenDigest token);

    /**
     * Replaces a live refresh token and the access token beside it, together with its audit line; of any number of
     * simultaneous calls with one token, one replaces it. Where it was replaced already, tells by the clock of the
     * storage whether the leeway is over.
     *
     * @param presented the token
     * @param next the grant as it is to be
     * @param successor the pair that takes the place of the old one; where the leeway is zero, its link is not kept
     * @param leeway how long the replaced token is good for the same answer, and the replaced access token is good
     * @throws Unavailable where nothing can be changed
     */
    Rotation rotate(TokenDigest presented, Grant next, Successor successor, Duration leeway, Origin origin, Instant at);

    /**
     * Ends the grant of a refresh token that was reused after the leeway, together with its audit line. Where the line
     * cannot be written, the grant is not ended either, and the token stays known as reused.
     *
     * @return whether this call ended it
     * @throws Unavailable where it cannot be ended
     */
    boolean endReused(TokenDigest presented, Origin origin, Instant at);

    /**
     * Ends a grant, unless it was ended before, together with its audit line.
     *
     * @throws Unavailable where it cannot be ended
     */
    void end(GrantId grant, AuditEvent event, Instant at);

    /**
     * Ends the grant of that access token, if it lives and the token is still good, together with its audit line.
     *
     * @return the grant that was ended
     * @throws Unavailable where it cannot be ended
     */
    Optional<Grant> revoke(TokenDigest accessToken, Origin origin, Instant at);
}
