package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.port.StorageSamples.KEYS;
import static dev.kerbearer.domain.port.StorageSamples.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.key.SealedSigningKey;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of {@link SigningKeys}. */
public interface SigningKeysContract extends StoragePorts {

    @Test
    default void signingKeysAreReadInTheOrderOfTheirActivation() {
        SealedSigningKey later = sealed(NOW.plusSeconds(9));
        SealedSigningKey earlier = sealed(NOW);
        assertThat(signingKeys().change(none -> List.of(later, earlier))).containsExactly(earlier, later);
        assertThat(signingKeys().all()).containsExactly(earlier, later);
    }

    @Test
    default void aChangeCanRemoveAddAndResealSigningKeys() {
        SealedSigningKey gone = sealed(NOW);
        SigningKey stays = SigningKey.generate(NOW.plusSeconds(1));
        SealedSigningKey before = stays.seal(KEYS.current(), RANDOM::nextBytes);
        SealedSigningKey after = stays.seal(
                ServerKey.of(new byte[] {
                    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
                    28, 29, 30, 31, 32
                }),
                RANDOM::nextBytes);
        SealedSigningKey added = sealed(NOW.plusSeconds(2));
        signingKeys().change(none -> List.of(gone, before));
        signingKeys().change(kept -> {
            assertThat(kept).containsExactly(gone, before);
            return List.of(after, added);
        });
        assertThat(signingKeys().all()).containsExactly(after, added);
    }

    @Test
    default void eachOfManySimultaneousChangesOfSigningKeysSeesTheEarlierOnes() throws Exception {
        SealedSigningKey first = sealed(NOW);
        List<Callable<List<SealedSigningKey>>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            SealedSigningKey own = i == 0 ? first : sealed(NOW);
            calls.add(() -> signingKeys().change(kept -> kept.isEmpty() ? List.of(own) : kept));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Set<List<SealedSigningKey>> seen = new HashSet<>();
            for (Future<List<SealedSigningKey>> call : threads.invokeAll(calls)) {
                seen.add(call.get());
            }
            assertThat(seen).hasSize(1).containsExactly(signingKeys().all());
            assertThat(signingKeys().all()).hasSize(1);
        } finally {
            threads.shutdown();
        }
    }

    private static SealedSigningKey sealed(Instant activeFrom) {
        return SigningKey.generate(activeFrom).seal(KEYS.current(), RANDOM::nextBytes);
    }
}
