package dev.kerbearer.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.application.signin.RememberSignIn;
import dev.kerbearer.application.signin.SlowDownGuessing;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.GuessingState;
import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.password.SealedNtlmSecret;
import dev.kerbearer.domain.port.FailedSignIns;
import dev.kerbearer.domain.port.NtlmVerifiers;
import io.quarkiverse.kerberos.runtime.KerberosConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NtlmTest {

    @Test
    void ntlmIsNotOfferedBehindADeclaredProxy() {
        assertThat(isOffered(false, false)).isTrue();
        assertThat(isOffered(true, false)).isFalse();
        assertThat(isOffered(false, true)).isFalse();
    }

    private static boolean isOffered(boolean addressesAreForwarded, boolean proxyProtocolIsUsed) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(KerbearerConfig.class)
                .withMapping(KerberosConfig.class)
                .withMappingIgnore("quarkus.**")
                .withDefaultValue("kerbearer.ntlm.enabled", "true")
                .build();
        KerbearerConfig ours = config.getConfigMapping(KerbearerConfig.class);
        Keytabs keytabs = new Keytabs(config.getConfigMapping(KerberosConfig.class), ours);
        return new Ntlm(
                        ours,
                        new None(),
                        new ServerKeys(ServerKey.of(new byte[ServerKey.LENGTH]), List.of()),
                        new SlowDownGuessing(new NoFailures(), InstantSource.system()),
                        new RememberSignIn(new NoFailures(), InstantSource.system()),
                        new Winbind(ours, new ActiveDirectories(ours, keytabs, InstantSource.system())),
                        new NtlmTargetNames(ours, keytabs, addressesAreForwarded, proxyProtocolIsUsed),
                        InstantSource.system(),
                        addressesAreForwarded,
                        proxyProtocolIsUsed)
                .acceptor()
                .isPresent();
    }

    /** Expects no failed sign-in. */
    private static final class NoFailures implements FailedSignIns {

        @Override
        public GuessingState state(Attempt attempt) {
            return new GuessingState(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        @Override
        public GuessingState failed(Attempt attempt, boolean knownThere, Instant at) {
            throw new AssertionError("no sign-in is expected");
        }

        @Override
        public void signedIn(Attempt attempt, Instant at) {
            throw new AssertionError("no sign-in is expected");
        }
    }

    /** Expects no NTLM sign-in. */
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
        public void replace(NtlmVerifier old, SealedNtlmSecret sealedAnew) {
            throw new AssertionError("there is none");
        }
    }
}
