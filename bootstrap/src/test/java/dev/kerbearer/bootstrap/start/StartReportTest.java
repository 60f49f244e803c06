package dev.kerbearer.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.health.KeytabReadiness;
import dev.kerbearer.bootstrap.wiring.Keytabs;
import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import io.quarkiverse.kerberos.runtime.KerberosConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start and the readiness report about keytabs and about the issuer. */
class StartReportTest {

    @TempDir
    Path folder;

    @Test
    void kerberosIsOnOnlyIfAKeyForTicketsIsThere() throws Exception {
        Path good = ForgedTicket.keytab(folder.resolve("good"), "HTTP/localhost@A.EXAMPLE", ForgedTicket.key(3));
        assertSays(Map.of("quarkus.kerberos.keytab-path", good.toString()), "Kerberos is on; keytabs: [" + good);
        assertThat(StartReport.kerberos(false, keytabs(Map.of("quarkus.kerberos.keytab-path", good.toString()))))
                .contains("is off (kerbearer.settings.integrated)");
        assertSays(Map.of(), "does not work yet: no keytab is configured");
        for (String content : new String[] {"no keytab", "", "\u0005\u0002"}) {
            Path bad = Files.writeString(folder.resolve("bad"), content);
            assertSays(Map.of("quarkus.kerberos.keytab-path", bad.toString()), "does not work yet: no keytab holds");
        }
        Path host = ForgedTicket.keytab(folder.resolve("host"), "host/localhost@A.EXAMPLE", ForgedTicket.key(3));
        assertSays(
                Map.of("quarkus.kerberos.keytab-path", host.toString()),
                "does not work yet: no keytab holds a key of a principal HTTP/");
    }

    private void assertSays(Map<String, String> configuration, String words) {
        assertThat(StartReport.kerberos(true, keytabs(configuration))).contains(words);
    }

    @Test
    void aKeytabThatCannotBeUsedIsNotReady() throws Exception {
        Path good = ForgedTicket.keytab(folder.resolve("good"), "HTTP/localhost@A.EXAMPLE", ForgedTicket.key(3));
        assertThat(readiness(good).getStatus()).isEqualTo(Status.UP);
        for (String content : new String[] {"no keytab", "", "\u0005\u0002", "\u0005\u0002\u0000\u0000\u0000@x"}) {
            Path bad = Files.writeString(folder.resolve("bad"), content);
            HealthCheckResponse response = readiness(bad);
            assertThat(response.getStatus()).as(content).isEqualTo(Status.DOWN);
            assertThat(response.getData().orElseThrow().get("unusable"))
                    .asString()
                    .contains(bad.toString());
            assertThat(response.getData().orElseThrow().get("sign-in with Kerberos"))
                    .asString()
                    .startsWith("not possible: no keytab holds");
        }
        assertThat(readiness(folder.resolve("none")).getStatus()).isEqualTo(Status.DOWN);
    }

    /** A node without a keytab can offer NTLM and answer calls with tokens. */
    @Test
    void theReadinessSaysThatNoKeytabIsConfigured() {
        HealthCheckResponse response = new KeytabReadiness(keytabs(Map.of())).call();
        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(response.getData().orElseThrow())
                .containsEntry("sign-in with Kerberos", "not possible: no keytab is configured");
    }

    @Test
    void anIssuerWithoutTlsIsReportedUnderTls() {
        URI plain = URI.create("HTTP://auth.example.com");
        assertThat(StartReport.issuerDoubts(Optional.of(plain), true, false))
                .singleElement()
                .asString()
                .contains("Set it to https://auth.example.com");
        assertThat(StartReport.issuerDoubts(Optional.of(plain), false, false)).isEmpty();
        assertThat(StartReport.issuerDoubts(Optional.of(URI.create("https://auth.example.com")), true, false))
                .isEmpty();
        assertThat(StartReport.issuerDoubts(Optional.empty(), true, false))
                .singleElement()
                .asString()
                .contains("https://localhost");
        assertThat(StartReport.issuerDoubts(Optional.empty(), true, true)).isEmpty();
    }

    private HealthCheckResponse readiness(Path keytab) {
        return new KeytabReadiness(keytabs(Map.of("quarkus.kerberos.keytab-path", keytab.toString()))).call();
    }

    private static Keytabs keytabs(Map<String, String> configuration) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(KerbearerConfig.class)
                .withMapping(KerberosConfig.class)
                .withMappingIgnore("quarkus.**")
                .withSources(new PropertiesConfigSource(new HashMap<>(configuration), "test", 400))
                .build();
        return new Keytabs(
                config.getConfigMapping(KerberosConfig.class), config.getConfigMapping(KerbearerConfig.class));
    }
}
