package dev.kerbearer.domain.port;

import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenDigest;
import java.util.Optional;

/** Access tokens as they are, for use-case tests that are not about their form. */
public final class OpaqueTokenCodec implements TokenCodec {

    @Override
    public String encode(IssuedGrant issued) {
        return issued.tokens().access().reveal();
    }

    @Override
    public Optional<TokenDigest> digestOf(String presented) {
        return Optional.of(TokenDigest.ofPresented(presented));
    }
}
