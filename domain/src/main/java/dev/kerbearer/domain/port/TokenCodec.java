package dev.kerbearer.domain.port;

import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.integration.TokenForm;
import java.util.Optional;

/** Writes access tokens in the form that their grants have, and reads what is presented as one. */
public interface TokenCodec {

    /**
     * Is asked before a grant is recorded or its tokens are replaced, so that neither happens where its bearer would get
     * no token.
     *
     * @throws Unavailable where access tokens of that form cannot be signed now
     */
    void requireEncodable(TokenForm form);

    /**
     * The access token as its bearer presents it.
     *
     * @throws Unavailable where it cannot be signed now
     */
    String encode(IssuedGrant issued);

    /**
     * By which the grant of a presented access token is found. A JWT has one only where Kerbearer has signed it as an
     * access token of its own; its time is not looked at.
     *
     * @return empty where it can be no access token
     * @throws Unavailable where that cannot be told now
     */
    Optional<TokenDigest> digestOf(String presented);
}
