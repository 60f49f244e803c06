package dev.kerbearer.application.upkeep;

import static dev.kerbearer.domain.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.SealedSigningKey;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.key.SigningKey;
import dev.kerbearer.domain.key.SigningKeyPolicy;
import dev.kerbearer.domain.key.SigningKeyRing;
import dev.kerbearer.domain.port.InMemorySigningKeys;
import dev.kerbearer.domain.port.ServerKeyRegister;
import dev.kerbearer.domain.port.SigningKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RotateSigningKeysTest {

    private static final ServerKey OLD = key(1);
    private static final ServerKey NEW = key(2);
    private static final Duration ROTATION = Duration.ofDays(90);
    private static final Duration OVERLAP = Duration.ofHours(2);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final InMemorySigningKeys stored = new InMemorySigningKeys();
    private Optional<KeyId> newest = Optional.of(OLD.id());
    private Instant now = NOW;

    @Test
    void theFirstKeySignsAtOnceAndStays() {
        SigningKeyRing ring = rotate(OLD);
        assertThat(ring.keys()).hasSize(1);
        assertThat(ring.signerAt(now)).isPresent();
        now = now.plus(ROTATION).minus(OVERLAP).minusSeconds(1);
        assertThat(rotate(OLD)).isEqualTo(ring);
    }

    @Test
    void everyNodeSignsWithTheSameKey() {
        assertThat(rotate(OLD)).isEqualTo(rotate(OLD)).isEqualTo(rotate(NEW, OLD));
    }

    @Test
    void theNextKeyIsPublishedBeforeItSignsAndTheOldKeyUntilItsTokensHaveExpired() {
        SigningKey first = rotate(OLD).keys().get(0);
        now = first.activeFrom().plus(ROTATION).minus(OVERLAP);
        SigningKeyRing both = rotate(OLD);
        assertThat(both.keys()).hasSize(2);
        assertThat(both.signerAt(now)).contains(first);
        SigningKey second = both.keys().get(1);
        assertThat(second.activeFrom()).isEqualTo(first.activeFrom().plus(ROTATION));
        now = second.activeFrom();
        assertThat(rotate(OLD).signerAt(now)).contains(second);
        now = second.activeFrom().plus(LONGEST).plus(OVERLAP).minusMillis(1);
        assertThat(rotate(OLD).keys()).containsExactly(first, second);
        now = now.plusMillis(1);
        assertThat(rotate(OLD).keys()).containsExactly(second);
    }

    @Test
    void afterALongSleepTheNextKeyIsStillPublishedBeforeItSigns() {
        SigningKey first = rotate(OLD).keys().get(0);
        now = now.plus(ROTATION).plus(ROTATION);
        SigningKeyRing ring = rotate(OLD);
        assertThat(ring.signerAt(now)).contains(first);
        assertThat(ring.keys().get(1).activeFrom())
                .isEqualTo(now.truncatedTo(ChronoUnit.MILLIS).plus(OVERLAP));
    }

    @Test
    void keysAreSealedAgainByANodeWhoseCurrentServerKeyIsTheNewest() {
        SigningKey first = rotate(OLD).keys().get(0);
        SealedSigningKey sealed = stored.all().get(0);
        rotate(NEW, OLD);
        assertThat(stored.all())
                .as("the old server key is still the newest in use")
                .containsExactly(sealed);
        newest = Optional.of(NEW.id());
        rotate(OLD, NEW);
        assertThat(stored.all()).containsExactly(sealed);
        assertThat(rotate(NEW, OLD).keys()).containsExactly(first);
        assertThat(stored.all().get(0).sealedUnder()).isEqualTo(NEW.id());
        assertThat(rotate(NEW).signerAt(now)).contains(first);
    }

    @Test
    void ifAServerKeyIsGoneANewSigningKeySignsAtOnceAndTheOldOneStillVerifies() {
        SigningKey lost = rotate(OLD).keys().get(0);
        newest = Optional.of(NEW.id());
        now = now.plusSeconds(60);
        SigningKeyRing ring = rotate(NEW);
        assertThat(ring.keys()).hasSize(2);
        assertThat(ring.find(lost.id().value()).orElseThrow().publicKey()).isEqualTo(lost.publicKey());
        assertThat(ring.signerAt(now)).contains(ring.keys().get(1));
        assertThat(rotate(NEW)).isEqualTo(ring);
    }

    @Test
    void nothingIsLockedIfNothingIsDue() {
        SigningKeyRing ring = rotate(OLD);
        SigningKeys locked = new SigningKeys() {
            @Override
            public List<SealedSigningKey> all() {
                return stored.all();
            }

            @Override
            public List<SealedSigningKey> change(UnaryOperator<List<SealedSigningKey>> change) {
                throw new AssertionError("nothing is due");
            }
        };
        assertThat(rotate(locked, OLD)).isEqualTo(ring);
    }

    @Test
    void aNodeThatLacksTheNewestServerKeyChangesNothingAndSaysSo() {
        SigningKey first = rotate(OLD).keys().get(0);
        newest = Optional.of(NEW.id());
        rotate(NEW, OLD);
        List<SealedSigningKey> sealed = stored.all();
        now = now.plus(ROTATION);
        RotateSigningKeys.Outcome outcome = outcome(OLD);
        assertThat(outcome.lacking()).contains(NEW.id());
        assertThat(outcome.ring().find(first.id().value()))
                .as("the key still verifies")
                .isPresent();
        assertThat(stored.all()).isEqualTo(sealed);
        assertThat(outcome(NEW, OLD).lacking()).isEmpty();
        assertThat(stored.all()).as("a node with the newest server key goes on").hasSize(2);
    }

    @Test
    void aSigningKeyStaysIfNoNodeCanOpenTheNextKey() {
        SigningKey signing = rotate(OLD).keys().get(0);
        SealedSigningKey lost = SigningKey.generate(now.plusSeconds(60)).seal(key(3), new SecureRandom()::nextBytes);
        stored.change(keys -> List.of(keys.get(0), lost));
        now = lost.activeFrom().plus(LONGEST).plus(OVERLAP);
        assertThat(rotate(OLD).signerAt(now)).contains(signing);
        assertThat(stored.all()).hasSize(2);
    }

    @Test
    void aLostKeyIsRemovedOnceItsLastTokenHasExpired() {
        SigningKey lost = rotate(OLD).keys().get(0);
        newest = Optional.of(NEW.id());
        now = now.plusSeconds(60);
        SigningKey successor = rotate(NEW).signerAt(now).orElseThrow();
        now = successor.activeFrom().plus(LONGEST).plus(OVERLAP).minusMillis(1);
        assertThat(rotate(NEW).keys()).extracting(SigningKey::id).containsExactly(lost.id(), successor.id());
        now = now.plusMillis(1);
        assertThat(rotate(NEW).keys()).containsExactly(successor);
    }

    private SigningKeyRing rotate(ServerKey current, ServerKey... previous) {
        return rotate(stored, current, previous);
    }

    private SigningKeyRing rotate(SigningKeys signingKeys, ServerKey current, ServerKey... previous) {
        return outcome(signingKeys, current, previous).ring();
    }

    private RotateSigningKeys.Outcome outcome(ServerKey current, ServerKey... previous) {
        return outcome(stored, current, previous);
    }

    private RotateSigningKeys.Outcome outcome(SigningKeys signingKeys, ServerKey current, ServerKey... previous) {
        ServerKeyRegister register = new ServerKeyRegister() {
            @Override
            public Optional<KeyId> admit(ServerKeys keys) {
                return Optional.empty();
            }

            @Override
            public Optional<KeyId> newest() {
                return newest;
            }
        };
        return new RotateSigningKeys(
                        signingKeys,
                        new ServerKeys(current, List.of(previous)),
                        register,
                        new SigningKeyPolicy(ROTATION, OVERLAP, LONGEST),
                        new SecureRandom()::nextBytes,
                        () -> now)
                .rotate();
    }

    private static ServerKey key(int n) {
        byte[] secret = new byte[ServerKey.LENGTH];
        secret[0] = (byte) n;
        return ServerKey.of(secret);
    }
}
