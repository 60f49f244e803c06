package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.signin.SignInDigest;
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
     * The grant that lives and whose live access token has that digest; the token may be past its time.
     *
     * @throws Unavailable where it cannot be read
     */
    Optional<Grant> findByAccessToken(TokenDigest token);

    /**
     * Ends the grant of that access token, if it lives and the token is still good, together with its audit line.
     *
     * @return the grant that was ended
     * @throws Unavailable where it cannot be ended
     */
    Optional<Grant> revoke(TokenDigest accessToken, Origin origin, Instant at);
}
