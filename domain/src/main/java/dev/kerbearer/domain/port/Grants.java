package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.domain.version.Basis;
import java.time.Duration;
import java.util.Optional;

/** The issued grants. Every change is durable when its method returns, and its audit line with it. */
public interface Grants {

    /** The result of recording a grant. */
    enum Issuance {
        /** The grant, the digest of its sign-in and its audit line are stored. */
        RECORDED,
        /** The sign-in was answered before; nothing is stored. */
        REPLAYED,
        /** The integration or the identity has changed since it was read; nothing is stored. */
        CHANGED
    }

    /**
     * Stores a grant with the digests of its tokens, the digest of its sign-in and its audit line: all or nothing. It
     * stores nothing if the integration or the identity has changed, so that no grant follows a rule that is gone.
     *
     * @param basis the versions by which the grant was decided
     * @param act the sign-in of the grant's identity
     * @throws Unavailable if it cannot be stored
     */
    Issuance issue(IssuedGrant issued, Basis basis, SignInDigest signIn, Act.ByHolder act);

    /**
     * Returns the live grant whose access token has this digest. The token is live, or was replaced within the leeway.
     * The grant is returned as it was when that token was issued. The token may be expired.
     *
     * @throws Unavailable if it cannot be read
     */
    Optional<Grant> findByAccessToken(TokenDigest token);

    /**
     * Returns the state of a refresh token by the storage clock: live, replaced, or of an ended grant.
     *
     * @throws Unavailable if it cannot be read
     */
    Optional<PresentedRefreshToken> findByRefreshToken(TokenDigest token);

    /**
     * Replaces a live refresh token and its access token, together with an audit line. Of any number of simultaneous
     * calls with one token, only one replaces it. If the token was already replaced, returns by the storage clock
     * whether the leeway is over. It replaces nothing if the integration or the identity has changed.
     *
     * @param presented the presented refresh token
     * @param basis the versions by which the rotation was decided
     * @param next the grant after the rotation
     * @param successor the new pair; if the leeway is zero, its link is not stored
     * @param leeway how long the replaced refresh token gets the same answer, and the replaced access token stays valid
     * @param act the request of whoever presents the token
     * @throws Unavailable if nothing can be changed
     */
    Rotation rotate(
            TokenDigest presented, Basis basis, Grant next, Successor successor, Duration leeway, Act.ByHolder act);

    /**
     * Ends the grant of a refresh token that was reused after the leeway, together with an audit line. If the line
     * cannot be written, the grant does not end, and the token stays marked as reused.
     *
     * @return whether this call ended the grant
     * @throws Unavailable if it cannot be ended
     */
    boolean endReused(TokenDigest presented, Act.ByHolder act);

    /**
     * Ends a grant together with an audit line, unless it has already ended.
     *
     * @throws Unavailable if it cannot be ended
     */
    void end(Grant grant, Ending ending, Act.ByHolder act);

    /**
     * Ends the grant of this access token together with an audit line, if the grant is live and the token is valid.
     *
     * @return the grant that was ended
     * @throws Unavailable if it cannot be ended
     */
    Optional<Grant> revoke(TokenDigest accessToken, Act.ByHolder act);
}
