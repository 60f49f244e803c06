package dev.kerbearer.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedConfigurationTest {

    @Test
    void keysOfTheProfileCount() {
        KerbearerConfig config = CheckedConfiguration.of(current(Map.of(
                        "kerbearer.directories.CORP.base", "DC=corp,DC=example",
                        "%prod.kerbearer.directories.CORP.url", "ldaps://dc1.corp.example",
                        "kerbearer.public-url", "http://${the.host}:8080",
                        "%prod.the.host", "auth.example.com")))
                .getConfigMapping(KerbearerConfig.class);
        assertThat(config.directories()).containsKey("CORP");
        assertThat(config.publicUrl()).hasToString("Optional[http://auth.example.com:8080]");
        assertThatThrownBy(() -> CheckedConfiguration.of(current(Map.of("%prod.kerbearer.nonsense", "1"))))
                .hasMessageContaining("kerbearer.nonsense is no key");
    }

    /** Editors on Windows write the mark. Without this check, the first key would be ignored. */
    @Test
    void aFileThatBeginsWithAByteOrderMarkIsRefused() {
        assertThatThrownBy(() ->
                        CheckedConfiguration.of(current(Map.of("\uFEFFkerbearer.public-url", "http://a.example"))))
                .hasMessageContaining("byte order mark")
                .hasMessageContaining("test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kerbearer.data-dir", "kerbearer.public-url", "kerbearer.retention"})
    void anEmptyValueIsRefusedInPlainWordsOrIgnored(String key) {
        SmallRyeConfig empty = current(Map.of(key, ""));
        try {
            CheckedConfiguration.of(empty);
        } catch (IllegalStateException refused) {
            assertThat(refused).hasMessageContaining(key + " is empty").hasMessageNotContaining("SRCFG");
        }
    }

    @Test
    void anUnusedPortMayEqualAnotherPort() {
        Map<String, String> onlyTls = Map.of(
                "quarkus.tls.key-store.p12.path", "x.p12",
                "quarkus.http.insecure-requests", "disabled",
                "quarkus.http.ssl-port", "8080",
                "quarkus.management.port", "9443");
        assertThat(Ports.of(CheckedConfiguration.of(current(onlyTls))).keyOf(8080))
                .hasValue(Ports.HTTPS);
    }

    private static SmallRyeConfig current(Map<String, String> configuration) {
        return new SmallRyeConfigBuilder()
                .withProfile("prod")
                .withSources(new PropertiesConfigSource(configuration, "test", 400))
                .build();
    }
}
