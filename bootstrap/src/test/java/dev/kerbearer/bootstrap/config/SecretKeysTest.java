package dev.kerbearer.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that the configuration may change, because they contain {@code $}. */
class SecretKeysTest {

    private static final String BIND = "kerbearer.directories.CORP.bind.password";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kerbearer.keys.current",
                "kerbearer.keys.previous",
                BIND,
                "kerbearer.directories.\"corp.example\".bind.password",
                "quarkus.datasource.password",
                "quarkus.flyway.password",
                "quarkus.tls.key-store.p12.password",
                "quarkus.tls.main.trust-store.p12.password",
                "quarkus.http.ssl.certificate.key-store-password",
                "quarkus.management.ssl.certificate.key-store-password",
                "quarkus.otel.exporter.otlp.headers"
            })
    void everySecretIsKnownAndIsTakenLiterallyFromAFile(String key) throws IOException {
        assertThat(SecretKeys.isSecret(key)).isTrue();
        for (String value : new String[] {"Pa$$w0rd", "Pa${quarkus.http.port}word", "$"}) {
            Files.writeString(folder.resolve(key), value + "\n");
            SmallRyeConfig fromFile = config(Map.of("kerbearer.secrets-dir", folder.toString()));
            assertThat(fromFile.getValue(key, String.class)).isEqualTo(value);
            assertThat(SecretKeys.withDollar(fromFile)).isEmpty();
            assertThat(SecretKeys.withDollar(config(Map.of(key, value, "quarkus.http.port", "8080"))))
                    .as("by value")
                    .containsExactly(key);
        }
    }

    @Test
    void aValueWithoutADollarAndAnotherKeyAreNotReported() {
        assertThat(SecretKeys.withDollar(config(Map.of(BIND, "Passw0rd", "kerbearer.public-url", "$$"))))
                .isEmpty();
    }

    @Test
    void anEnvironmentVariableIsReportedOnce() {
        for (String variable : new String[] {
            "QUARKUS_DATASOURCE_PASSWORD",
            "KERBEARER_DIRECTORIES_CORP_BIND_PASSWORD",
            "QUARKUS_TLS_KEY_STORE_P12_PASSWORD"
        }) {
            SmallRyeConfig config = new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .withSources(new EnvConfigSource(Map.of(variable, "Pa$$w0rd"), 300))
                    .build();
            assertThat(SecretKeys.withDollar(config)).hasSize(1);
        }
    }

    @Test
    void aReferenceToAnotherKeyCountsAsThatKey() {
        assertThat(SecretKeys.withDollar(config(Map.of(BIND, "${BIND_WORD}", "BIND_WORD", "Passw0rd"))))
                .isEmpty();
        assertThat(SecretKeys.withDollar(config(Map.of(BIND, "${BIND_WORD}", "BIND_WORD", "Pa$$w0rd"))))
                .containsExactly(BIND);
        assertThat(SecretKeys.withDollar(config(Map.of(BIND, "Pa\\$w0rd"))))
                .as("the operator has escaped it")
                .isEmpty();
        assertThat(SecretKeys.withDollar(config(Map.of(BIND, "Pa${nothing}word"))))
                .as("a reference to nothing")
                .containsExactly(BIND);
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredSources()
                .withSources(new PropertiesConfigSource(new HashMap<>(values), "test", 400))
                .build();
    }
}
