package dev.kerbearer.domain.port;

import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.TokenFormat;
import java.util.Optional;

/** Writes access tokens unchanged, for use-case tests that are not about their form. */
public final class OpaqueTokenCodec implements TokenCodec {

    private final boolean signs;

    /** Creates a codec that accepts every form. */
    public OpaqueTokenCodec() {
        this(true);
    }

    private OpaqueTokenCodec(boolean signs) {
        this.signs = signs;
    }

    /** Returns a codec that can write no JWT, because no signing key can be decrypted. */
    public static TokenCodec withoutSigningKey() {
        return new OpaqueTokenCodec(false);
    }

    @Override
    public void requireEncodable(TokenForm form) {
        if (form.format() == TokenFormat.JWT && !signs) {
            throw new Unavailable("signing key", new IllegalStateException("none can be opened"));
        }
    }

    @Override
    public String encode(IssuedGrant issued) {
        return issued.tokens().access().reveal();
    }

    @Override
    public Optional<TokenDigest> digestOf(String presented) {
        return Optional.of(TokenDigest.ofPresented(presented));
    }
}
