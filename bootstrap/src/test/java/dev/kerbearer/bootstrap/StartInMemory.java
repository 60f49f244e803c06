package dev.kerbearer.bootstrap;

import dev.kerbearer.application.admin.RegisterIntegration;
import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.application.signin.RememberSignIn;
import dev.kerbearer.application.signin.SlowDownGuessing;
import dev.kerbearer.bootstrap.config.CheckedConfiguration;
import dev.kerbearer.bootstrap.config.DatabaseChoice;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.schedule.Upkeep;
import dev.kerbearer.bootstrap.start.Imports;
import dev.kerbearer.bootstrap.start.StartFailure;
import dev.kerbearer.bootstrap.start.UnresolvedTrustees;
import dev.kerbearer.bootstrap.wiring.ActiveDirectories;
import dev.kerbearer.bootstrap.wiring.KeyWiring;
import dev.kerbearer.bootstrap.wiring.Keytabs;
import dev.kerbearer.bootstrap.wiring.Ntlm;
import dev.kerbearer.bootstrap.wiring.NtlmTargetNames;
import dev.kerbearer.bootstrap.wiring.RestWiring;
import dev.kerbearer.bootstrap.wiring.UseCaseWiring;
import dev.kerbearer.bootstrap.wiring.Winbind;
import dev.kerbearer.bootstrap.wiring.WindowsAuthWiring;
import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.port.InMemoryFailedSignIns;
import dev.kerbearer.domain.port.InMemorySigningKeys;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.port.InMemoryTrusteeNames;
import dev.kerbearer.domain.port.ServerKeyRegister;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkiverse.kerberos.runtime.KerberosConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a start that configuration and import files decide, without a process. It uses the application's own
 * classes and wiring, in the order of a start, on in-memory storage. {@link StartIT} shows that the application creates
 * each of them at its start, with one refusal of each kind.
 */
final class StartInMemory {

    private static final InstantSource CLOCK = InstantSource.system();

    private StartInMemory() {}

    /** Returns what the operator reads if the start is refused. */
    static String refused(Map<String, String> configuration) {
        try {
            start(configuration);
        } catch (RuntimeException refused) {
            return StartFailure.words(refused);
        }
        throw new AssertionError("it starts with " + configuration);
    }

    /** Runs that part of the start. Throws what would stop the start. */
    static void start(Map<String, String> configuration) {
        DatabaseChoice.isEmbedded(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(configuration, "test", 400))
                .build());
        SmallRyeConfig config = CheckedConfiguration.of(sources(configuration));
        KerbearerConfig ours = config.getConfigMapping(KerbearerConfig.class);
        Keytabs keytabs = new Keytabs(config.getConfigMapping(KerberosConfig.class), ours);
        InMemoryStorage storage = new InMemoryStorage();
        ServerKeyRegister register = new AnyKey();
        UseCaseWiring useCases = new UseCaseWiring();
        RestWiring rest = new RestWiring();

        rest.issuer(ours);
        rest.admission(rest.faces(), ours, new SimpleMeterRegistry());
        useCases.forgetExpired(ours, useCases.settings(ours), storage);
        Upkeep.check(ours);
        ServerKeys keys = new KeyWiring().serverKeys(ours, register);
        useCases.rotateSigningKeys(ours, new InMemorySigningKeys(), keys, register)
                .rotate();

        ActiveDirectories activeDirectories = new ActiveDirectories(ours, keytabs, CLOCK);
        Directories directories = new WindowsAuthWiring().directories(ours, storage, activeDirectories);
        Winbind winbind = new Winbind(ours, activeDirectories);
        try {
            ntlm(ours, keytabs, storage, keys, winbind);
            RegisterIntegration registerIntegration =
                    useCases.registerIntegration(storage, directories, new InMemoryTrusteeNames());
            UnresolvedTrustees trustees = new UnresolvedTrustees(
                    registerIntegration, useCases.resumeRegistration(storage, registerIntegration));
            new Imports(ours, storage, trustees, storage, storage, CLOCK).apply();
        } finally {
            winbind.close();
            activeDirectories.close();
        }
    }

    private static SmallRyeConfig sources(Map<String, String> configuration) {
        return new SmallRyeConfigBuilder()
                .withSources(
                        // Otherwise the start would look for the key in a folder.
                        new PropertiesConfigSource(
                                Map.of("kerbearer.keys.current", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="),
                                "key",
                                100),
                        new PropertiesConfigSource(configuration, "test", 400))
                .build();
    }

    private static void ntlm(
            KerbearerConfig config, Keytabs keytabs, InMemoryStorage storage, ServerKeys keys, Winbind winbind) {
        InMemoryFailedSignIns failures = new InMemoryFailedSignIns();
        new Ntlm(
                config,
                storage.ntlmVerifiers(),
                keys,
                new SlowDownGuessing(failures, CLOCK),
                new RememberSignIn(failures, CLOCK),
                winbind,
                new NtlmTargetNames(config, keytabs, false, false),
                CLOCK,
                false,
                false);
    }

    /** The register as the first node finds it: no node has registered a key. */
    private static final class AnyKey implements ServerKeyRegister {

        @Override
        public Optional<KeyId> admit(ServerKeys keys) {
            return Optional.empty();
        }

        @Override
        public Optional<KeyId> newest() {
            return Optional.empty();
        }
    }
}
