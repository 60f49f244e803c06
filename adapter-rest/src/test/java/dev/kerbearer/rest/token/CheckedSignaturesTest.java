package dev.kerbearer.rest.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.key.SigningKey;
import dev.kerbearer.domain.key.SigningKeyRing;
import dev.kerbearer.rest.token.CheckedSignatures.Good;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckedSignaturesTest {

    private static final TokenDigest DIGEST = TokenDigest.ofJti("a");

    private final SigningKey key = SigningKey.generate(Instant.parse("2026-11-09T21:07:25Z"));
    private final HeldSigningKeys held =
            new HeldSigningKeys(() -> new SigningKeyRing(List.of()), InstantSource.system());
    private final CheckedSignatures checked = new CheckedSignatures(held, 10);
    private int checks;

    CheckedSignaturesTest() {
        held.hold(new SigningKeyRing(List.of(key)));
    }

    @Test
    void aGoodSignatureIsCheckedOnce() {
        assertThat(ask("a.b.c", good())).contains(DIGEST);
        assertThat(ask("a.b.c", Optional.empty())).contains(DIGEST);
        assertThat(checks).isEqualTo(1);
        assertThat(ask("a.b.d", Optional.empty())).as("another token").isEmpty();
    }

    @Test
    void aBadSignatureIsCheckedEachTime() {
        assertThat(ask("a.b.c", Optional.empty())).isEmpty();
        assertThat(ask("a.b.c", Optional.empty())).isEmpty();
        assertThat(checks).isEqualTo(2);
        assertThat(ask("a.b.c", good())).contains(DIGEST);
    }

    @Test
    void aCheckedSignatureIsForgottenWithItsKey() {
        ask("a.b.c", good());
        held.hold(new SigningKeyRing(List.of()));
        assertThat(ask("a.b.c", Optional.empty())).isEmpty();
        held.hold(new SigningKeyRing(List.of(key)));
        assertThat(ask("a.b.c", Optional.empty()))
                .as("the signature was dropped with its key")
                .isEmpty();
        assertThat(checks).isEqualTo(3);
    }

    @Test
    void theNumberOfRememberedSignaturesIsLimited() {
        for (int i = 0; i < 1000; i++) {
            ask("a.b." + i, good());
        }
        checks = 0;
        for (int i = 0; i < 1000; i++) {
            ask("a.b." + i, good());
        }
        assertThat(checks).isGreaterThan(900);
    }

    private Optional<Good> good() {
        return Optional.of(new Good(key.id(), DIGEST));
    }

    private Optional<TokenDigest> ask(String jwt, Optional<Good> outcome) {
        return checked.digestOf(jwt, () -> {
            checks++;
            return outcome;
        });
    }
}
