package dev.kerbearer.rest.token;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.key.SigningKey;
import dev.kerbearer.domain.key.SigningKeyRing;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.scope.Scope;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SmallRyeTokenCodecTest {

    private static final TokenForm JWT = new TokenForm(TokenFormat.JWT, Optional.empty());

    private final SigningKey key = SigningKey.generate(NOW);
    private final HeldSigningKeys held = new HeldSigningKeys(() -> new SigningKeyRing(List.of()), () -> NOW);
    private final SmallRyeTokenCodec codec =
            new SmallRyeTokenCodec(new Issuer(() -> "https://kerbearer.example"), held);
    private final IssuedGrant issued = Grant.issue(
            ALICE,
            CLIENT,
            Scope.parse("certificate"),
            SETTINGS.terms(),
            JWT,
            Optional.empty(),
            NOW,
            new SecureRandom()::nextBytes);

    SmallRyeTokenCodecTest() {
        held.hold(new SigningKeyRing(List.of(key)));
    }

    @Test
    void aJwtLeadsToItsGrantEachTime() {
        String token = codec.encode(issued);
        TokenDigest digest = TokenDigest.ofJti(issued.tokens().access().reveal());
        assertThat(codec.digestOf(token)).contains(digest);
        assertThat(codec.digestOf(token)).contains(digest);
    }

    @Test
    void aChangedJwtIsUnknownEvenAfterTheOriginalWasChecked() {
        String token = codec.encode(issued);
        codec.digestOf(token);
        String[] parts = token.split("\\.", -1);
        String other = codec.encode(issued).split("\\.", -1)[1] + "A";
        assertThat(codec.digestOf(parts[0] + "." + other + "." + parts[2])).isEmpty();
        assertThat(codec.digestOf(parts[0] + "." + parts[1] + ".")).isEmpty();
        assertThat(codec.digestOf(token + ".")).isEmpty();
    }

    @Test
    void aJwtIsUnknownOnceItsKeyIsRemoved() {
        String token = codec.encode(issued);
        assertThat(codec.digestOf(token)).isPresent();
        held.hold(new SigningKeyRing(List.of(SigningKey.generate(NOW))));
        assertThat(codec.digestOf(token)).isEmpty();
    }

    @Test
    void withoutASigningKeyOnlyOpaqueTokensAreIssued() {
        assertThatCode(() -> codec.requireEncodable(JWT)).doesNotThrowAnyException();
        held.hold(new SigningKeyRing(List.of(new SigningKey(key.id(), key.publicKey(), Optional.empty(), NOW))));
        assertThatThrownBy(() -> codec.requireEncodable(JWT))
                .isInstanceOf(Unavailable.class)
                .hasMessage("signing key unavailable");
        assertThatCode(() -> codec.requireEncodable(TokenForm.OPAQUE)).doesNotThrowAnyException();
    }
}
