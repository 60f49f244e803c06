package dev.kerbearer.application.upkeep;

import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.NTLM_DERIVATION;
import static dev.kerbearer.domain.Samples.SERVER_KEYS;
import static dev.kerbearer.domain.Samples.localName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.port.InMemoryStorage;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResealNtlmVerifiersTest {

    private static final ServerKey NEXT = key(1);

    private final InMemoryStorage storage = new InMemoryStorage();

    private static ServerKey key(int first) {
        byte[] secret = new byte[ServerKey.LENGTH];
        secret[0] = (byte) first;
        return ServerKey.of(secret);
    }

    /** The largest number needs several batches. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 250})
    void allVerifiersAreSealedUnderTheCurrentKey(int identities) {
        keep(identities);
        ServerKeys keys = new ServerKeys(NEXT, List.of(SERVER_KEYS.current()));
        assertThat(reseal(keys)).isZero();
        assertThat(storage.ntlmVerifiers().notSealedUnder(NEXT.id(), 1000)).isEmpty();
        for (int i = 0; i < identities; i++) {
            NtlmVerifier kept =
                    storage.ntlmVerifiers().find(localName("user" + i)).orElseThrow();
            assertThat(kept.secret()
                            .open(kept.identity().guid(), keys)
                            .orElseThrow()
                            .reveal())
                    .isEqualTo(NTLM_DERIVATION.derive(password(i)).reveal());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 150})
    void verifiersThatNoKeyOpensAreCountedAndStay(int identities) {
        keep(identities);
        assertThat(reseal(new ServerKeys(NEXT, List.of(key(2))))).isEqualTo(identities);
        assertThat(storage.ntlmVerifiers().notSealedUnder(SERVER_KEYS.current().id(), 1000))
                .isEmpty();
    }

    @Test
    void lostVerifiersDoNotStopTheOthersFromBeingResealed() {
        keep(30);
        assertThat(reseal(new ServerKeys(NEXT, List.of(SERVER_KEYS.current())))).isZero();
        storage.put(user("late", password(99)), NOW);
        ServerKey third = key(3);
        assertThat(reseal(new ServerKeys(third, List.of(SERVER_KEYS.current()))))
                .as("under the second key, which is not held")
                .isEqualTo(30);
        assertThat(storage.ntlmVerifiers()
                        .find(localName("late"))
                        .orElseThrow()
                        .secret()
                        .sealedUnder())
                .isEqualTo(third.id());
    }

    private void keep(int identities) {
        for (int i = 0; i < identities; i++) {
            storage.put(user("user" + i, password(i)), NOW);
        }
    }

    private static Password password(int of) {
        return Password.of("correct horse battery " + of);
    }

    private static LocalIdentity user(String name, Password password) {
        return new LocalIdentity(localName(name), Optional.empty(), Set.of(), Set.of(), true, Optional.of(password));
    }

    private int reseal(ServerKeys keys) {
        return new ResealNtlmVerifiers(storage.ntlmVerifiers(), keys, new SecureRandom()::nextBytes).reseal();
    }
}
