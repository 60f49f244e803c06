package dev.kerbearer.domain.port;

import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.TokenFormat;
import java.util.Optional;

/** Access tokens as they are, for use-case tests that are not about their form. */
public final class OpaqueTokenCodec implements TokenCodec {

    private final boolean signs;

    /** Takes every form, and writes all as they are. */
    public OpaqueTokenCodec() {
        this(true);
    }

    private OpaqueTokenCodec(boolean signs) {
        this.signs = signs;
    }

    /** One that could write no JWT, as no signing key can be opened. */
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
