package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.password.SealedNtHash;
import dev.kerbearer.domain.port.NtlmVerifiers;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NtlmTest {

    @Test
    void behindAProxyThatIsDeclaredEitherWayItIsNotOffered() {
        assertThat(isOffered(false, false)).isTrue();
        assertThat(isOffered(true, false)).isFalse();
        assertThat(isOffered(false, true)).isFalse();
    }

    private static boolean isOffered(boolean addressesAreForwarded, boolean proxyProtocolIsUsed) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(KerbearerConfig.class)
                .withDefaultValue("kerbearer.ntlm.enabled", "true")
                .build();
        return new Ntlm(
                        config.getConfigMapping(KerbearerConfig.class),
                        new None(),
                        new ServerKeys(ServerKey.of(new byte[ServerKey.LENGTH]), List.of()),
                        InstantSource.system(),
                        addressesAreForwarded,
                        proxyProtocolIsUsed)
                .acceptor()
                .isPresent();
    }

    /** Nobody signs in here. */
    private static final class None implements NtlmVerifiers {

        @Override
        public Optional<NtlmVerifier> find(PrefixedName name) {
            return Optional.empty();
        }

        @Override
        public List<NtlmVerifier> notSealedUnder(KeyId key, int atMost) {
            return List.of();
        }

        @Override
        public void replace(NtlmVerifier old, SealedNtHash sealedAnew) {
            throw new AssertionError("there is none");
        }
    }
}
