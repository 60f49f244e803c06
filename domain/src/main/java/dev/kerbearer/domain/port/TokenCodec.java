package dev.kerbearer.domain.port;

import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.integration.TokenForm;
import java.util.Optional;

/** Writes access tokens in the form of their grants, and reads presented ones. */
public interface TokenCodec {

    /**
     * Checks that access tokens of this form can be signed now. It is called before a grant is recorded or its tokens
     * are replaced, so that neither happens if the client would get no token.
     *
     * @throws Unavailable if access tokens of this form cannot be signed now
     */
    void requireEncodable(TokenForm form);

    /**
     * Returns the access token as its bearer presents it.
     *
     * @throws Unavailable if it cannot be signed now
     */
    String encode(IssuedGrant issued);

    /**
     * Returns the digest that finds the grant of a presented access token. A JWT has a digest only if Kerbearer signed
     * it as its own access token. The expiry is not checked.
     *
     * @return empty if the text cannot be an access token
     * @throws Unavailable if this cannot be decided now
     */
    Optional<TokenDigest> digestOf(String presented);
}
