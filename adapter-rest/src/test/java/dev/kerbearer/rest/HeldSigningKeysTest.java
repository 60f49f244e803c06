package dev.kerbearer.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.key.SigningKey;
import dev.kerbearer.domain.key.SigningKeyRing;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldSigningKeysTest {

    private Instant now = Instant.parse("2026-11-09T21:07:25Z");
    private final SigningKey first = SigningKey.generate(now);
    private final SigningKey second = SigningKey.generate(now);
    private SigningKeyRing stored = new SigningKeyRing(List.of(first));
    private int looks;
    private final HeldSigningKeys held = new HeldSigningKeys(
            () -> {
                looks++;
                return stored;
            },
            () -> now);

    @Test
    void aKeyAtHandIsNotLookedFor() {
        held.hold(stored);
        assertThat(held.find(first.id().value())).contains(first);
        assertThat(held.signer()).contains(first);
        assertThat(held.published()).containsExactly(first);
        assertThat(looks).isZero();
    }

    @Test
    void aKeyThatAnotherNodeHasMadeIsLookedForOnce() {
        held.hold(stored);
        stored = new SigningKeyRing(List.of(first, second));
        assertThat(held.find(second.id().value())).contains(second);
        assertThat(held.find(second.id().value())).contains(second);
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void namesThatSomebodyMadeUpAreLookedForOnceASecond() {
        for (int i = 0; i < 100; i++) {
            assertThat(held.find("made up " + i)).isEmpty();
        }
        assertThat(looks).isEqualTo(1);
        now = now.plusMillis(1001);
        assertThat(held.find("made up")).isEmpty();
        assertThat(looks).isEqualTo(2);
    }
}
