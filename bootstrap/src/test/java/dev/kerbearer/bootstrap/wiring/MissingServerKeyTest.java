package dev.kerbearer.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.application.upkeep.RotateSigningKeys;
import dev.kerbearer.bootstrap.health.ServerKeyReadiness;
import dev.kerbearer.bootstrap.schedule.SigningKeyRotation;
import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.SealedSigningKey;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.key.SigningKeyPolicy;
import dev.kerbearer.domain.key.SigningKeyRing;
import dev.kerbearer.domain.port.ServerKeyRegister;
import dev.kerbearer.domain.port.SigningKeys;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.rest.token.HeldSigningKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** What is reported if another node has made a server key the newest, and this node does not hold it. */
class MissingServerKeyTest {

    private static final KeyId STRANGE = new KeyId("0123456789abcdef".repeat(2));

    private final ServerKeys held = new ServerKeys(ServerKey.of(new byte[ServerKey.LENGTH]), List.of());
    private final Register register = new Register(held.current().id());

    @Test
    void eachChangeIsLoggedOnce() {
        SigningKeyRotation rotation = new SigningKeyRotation(
                new RotateSigningKeys(
                        new Keys(),
                        held,
                        register,
                        new SigningKeyPolicy(Duration.ofDays(90), Duration.ofHours(2), Duration.ofHours(1)),
                        new SecureRandom()::nextBytes,
                        InstantSource.system()),
                new HeldSigningKeys(() -> new SigningKeyRing(List.of()), InstantSource.system()));
        try (Lines lines = new Lines()) {
            rotation.rotateInTime();
            assertThat(lines.seen).isEmpty();
            register.newest = Optional.of(STRANGE);
            rotation.rotateInTime();
            rotation.rotateInTime();
            assertThat(lines.seen).hasSize(1);
            assertThat(lines.seen.get(0))
                    .contains(STRANGE.value())
                    .contains("kerbearer.keys.previous")
                    .contains("JWT signing keys");
            register.newest = Optional.of(held.current().id());
            rotation.rotateInTime();
            rotation.rotateInTime();
            assertThat(lines.seen).hasSize(2);
            register.newest = Optional.of(STRANGE);
            rotation.rotateInTime();
            assertThat(lines.seen).hasSize(3);
        }
    }

    @Test
    void theNodeIsNotReadyAndNamesTheMissingKeyAndItsOwnKeys() {
        ServerKeyReadiness readiness = new ServerKeyReadiness(register, held);
        assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
        register.newest = Optional.of(STRANGE);
        HealthCheckResponse down = readiness.call();
        assertThat(down.getStatus()).isEqualTo(Status.DOWN);
        assertThat(down.getData().orElseThrow())
                .containsEntry("newest", STRANGE.value())
                .containsEntry("held", "current " + held.current().id());
        register.newest = Optional.empty();
        assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void theNodeIsNotReadyIfTheKeysCannotBeCompared() {
        register.away = true;
        assertThat(new ServerKeyReadiness(register, held).call().getStatus()).isEqualTo(Status.DOWN);
    }

    private static final class Register implements ServerKeyRegister {

        private Optional<KeyId> newest;
        private boolean away;

        Register(KeyId newest) {
            this.newest = Optional.of(newest);
        }

        @Override
        public Optional<KeyId> admit(ServerKeys keys) {
            return Optional.empty();
        }

        @Override
        public Optional<KeyId> newest() {
            if (away) {
                throw new Unavailable("storage", new IllegalStateException("no connection"));
            }
            return newest;
        }
    }

    private static final class Keys implements SigningKeys {

        private List<SealedSigningKey> kept = List.of();

        @Override
        public List<SealedSigningKey> all() {
            return kept;
        }

        @Override
        public List<SealedSigningKey> change(UnaryOperator<List<SealedSigningKey>> change) {
            kept = change.apply(kept);
            return kept;
        }
    }

    /** Collects what the rotation logs while this is open. */
    private static final class Lines extends Handler implements AutoCloseable {

        private final Logger logger = Logger.getLogger(SigningKeyRotation.class.getName());
        private final List<String> seen = new ArrayList<>();

        Lines() {
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            seen.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
