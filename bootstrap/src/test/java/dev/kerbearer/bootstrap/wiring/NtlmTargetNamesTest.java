package dev.kerbearer.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import io.quarkiverse.kerberos.runtime.KerberosConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NtlmTargetNamesTest {

    @TempDir
    Path folder;

    private final Map<String, String> configuration = new HashMap<>();

    @Test
    void thereAreNoNamesByDefault() {
        assertThat(names().known()).isEmpty();
    }

    @Test
    void theHostOfThePublicUrlAndTheConfiguredNamesAreTargetNames() {
        configuration.put("kerbearer.public-url", "https://Auth.Example.com:8443");
        configuration.put("kerbearer.ntlm.target-names", "www.example.com, 10.0.0.1,[2001:db8::1]");
        assertThat(names().known()).containsExactly("10.0.0.1", "2001:db8::1", "auth.example.com", "www.example.com");
    }

    @Test
    void theHostsOfHttpPrincipalsAreTargetNamesWhileTheKeytabHasThem() throws Exception {
        Path keytab = folder.resolve("http.keytab");
        configuration.put("kerbearer.negotiate.keytabs", keytab.toString());
        NtlmTargetNames names = names();
        assertThat(names.known()).isEmpty();
        ForgedTicket.keytab(keytab, "HTTP/auth.example.com@A.EXAMPLE", ForgedTicket.key(1));
        assertThat(names.known()).containsExactly("auth.example.com");
        ForgedTicket.keytab(keytab, "cifs/files.example.com@A.EXAMPLE", ForgedTicket.key(1));
        assertThat(names.known()).isEmpty();
        Files.delete(keytab);
        assertThat(names.known()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/auth.example.com", "HTTP/auth.example.com@A.EXAMPLE"})
    void onlyAConfiguredPrincipalCounts(String service) {
        Path keytab = folder.resolve("http.keytab");
        configuration.put("quarkus.kerberos.keytab-path", keytab.toString());
        configuration.put("quarkus.kerberos.service-principal-name", service);
        ForgedTicket.keytab(keytab, "HTTP/auth.example.com@A.EXAMPLE", ForgedTicket.key(1));
        assertThat(names().known()).containsExactly("auth.example.com");
        configuration.put("quarkus.kerberos.service-principal-name", "HTTP/other.example.com");
        assertThat(names().known()).isEmpty();
    }

    /** {@code ktpass} writes such a name if the account was registered with it. */
    @Test
    void anHttpPrincipalCountsInAnyCase() {
        Path keytab = folder.resolve("http.keytab");
        configuration.put("kerbearer.negotiate.keytabs", keytab.toString());
        ForgedTicket.keytab(keytab, "http/Auth.example.com@A.EXAMPLE", ForgedTicket.key(1));
        assertThat(names().known()).containsExactly("auth.example.com");
    }

    /** Anyone can trigger a lookup of the names, as often as they like and without a password. */
    @Test
    void aKeytabIsReadAgainOnlyIfItHasChanged() throws Exception {
        Path keytab = folder.resolve("http.keytab");
        configuration.put("kerbearer.negotiate.keytabs", keytab.toString());
        NtlmTargetNames names = names();
        ForgedTicket.keytab(keytab, "HTTP/one.example.com@A.EXAMPLE", ForgedTicket.key(1));
        assertThat(names.known()).containsExactly("one.example.com");
        Path other = folder.resolve("other.keytab");
        ForgedTicket.keytab(other, "HTTP/two.example.com@A.EXAMPLE", ForgedTicket.key(1));
        FileTime modified = Files.getLastModifiedTime(keytab);
        Files.write(keytab, Files.readAllBytes(other));
        Files.setLastModifiedTime(keytab, modified);
        assertThat(names.known()).as("of the file that looks the same").containsExactly("one.example.com");
        Files.setLastModifiedTime(keytab, FileTime.from(modified.toInstant().plusSeconds(1)));
        assertThat(names.known()).containsExactly("two.example.com");
    }

    /** Every machine has this name, so it is accepted from any connection only if the operator configures it. */
    @Test
    void localhostCountsOnlyIfConfigured() {
        Path keytab = folder.resolve("http.keytab");
        configuration.put("kerbearer.negotiate.keytabs", keytab.toString());
        configuration.put("kerbearer.public-url", "http://localhost:8080");
        ForgedTicket.keytab(keytab, "HTTP/localhost@A.EXAMPLE", ForgedTicket.key(1));
        assertThat(names().known()).isEmpty();
        configuration.put("kerbearer.ntlm.target-names", "localhost");
        assertThat(names().known()).containsExactly("localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/auth.example.com", "*.example.com", "two names", "https://auth.example.com"})
    void anInvalidHostNameStopsTheStart(String written) {
        configuration.put("kerbearer.ntlm.target-names", written);
        assertThatThrownBy(this::names)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kerbearer.ntlm.target-names: " + written)
                .hasMessageContaining("auth.example.com,10.0.0.1");
    }

    private NtlmTargetNames names() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(KerbearerConfig.class)
                .withMapping(KerberosConfig.class)
                .withMappingIgnore("quarkus.**")
                .withDefaultValues(configuration)
                .build();
        KerbearerConfig ours = config.getConfigMapping(KerbearerConfig.class);
        return new NtlmTargetNames(
                ours, new Keytabs(config.getConfigMapping(KerberosConfig.class), ours), false, false);
    }
}
