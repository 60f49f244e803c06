package dev.kerbearer.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpTest {

    private static final String KRB5_CONF = "java.security.krb5.conf";

    @TempDir
    Path folder;

    private final Optional<String> before = Optional.ofNullable(System.getProperty(KRB5_CONF));

    @AfterEach
    void asBefore() {
        before.ifPresentOrElse(file -> System.setProperty(KRB5_CONF, file), () -> System.clearProperty(KRB5_CONF));
    }

    /** The clock skew decides how long a sign-in is remembered. */
    @Test
    @SuppressWarnings("NullAway") // Nothing after the check is reached.
    void anUnreadableClockSkewStopsTheStartFirst() throws Exception {
        Path krb5Conf = Files.writeString(folder.resolve("krb5.conf"), "[libdefaults]\n clockskew = 5m\n");
        System.setProperty(KRB5_CONF, krb5Conf.toString());
        SmallRyeConfig all = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(KerbearerConfig.class)
                .build();
        KerbearerConfig config = all.getConfigMapping(KerbearerConfig.class);
        assertThatThrownBy(
                        () -> new StartUp().start(new StartupEvent(), config, all, null, null, null, null, null, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clockskew in " + krb5Conf)
                .hasMessageContaining("is 5m");
    }
}
