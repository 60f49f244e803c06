package dev.kerbearer.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.rest.json.ImportFiles;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifetimeAdviceTest {

    @TempDir
    Path folder;

    private Optional<String> advice(String integrations, String... keys) throws IOException {
        Map<String, String> configuration = new HashMap<>();
        if (!integrations.isEmpty()) {
            Path file = Files.writeString(folder.resolve("integrations.json"), integrations);
            configuration.put("kerbearer.integrations.import", file.toString());
        }
        for (int i = 0; i < keys.length; i += 2) {
            configuration.put(keys[i], keys[i + 1]);
        }
        KerbearerConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(KerbearerConfig.class)
                .withSources(new PropertiesConfigSource(configuration, "test", 400))
                .build()
                .getConfigMapping(KerbearerConfig.class);
        List<Path> files = config.integrations().files().orElse(List.of());
        return LifetimeAdvice.of(ImportFiles.integrations(files).values(), new UseCaseWiring().settings(config));
    }

    @Test
    void theDefaultIsNamedWithItsKey() throws Exception {
        assertThat(advice(""))
                .hasValueSatisfying(line -> assertThat(line).endsWith("kerbearer.settings.access-validity is 90 days"));
        assertThat(advice("", "kerbearer.settings.access-validity", "12h")).isEmpty();
    }

    @Test
    void integrationsAreNamedWithTheirLongestLifetime() throws Exception {
        String two = """
                [{"id": "backup", "scope": "certificate", "accessValidity": 604800},
                 {"id": "brief", "scope": "certificate", "accessValidity": 3600},
                 {"id": "plain", "scope": "certificate"}]
                """;
        assertThat(advice(two))
                .hasValueSatisfying(line -> assertThat(line)
                        .contains("backup 7 days, plain 90 days; kerbearer.settings.access-validity is 90 days"));
        assertThat(advice(two, "kerbearer.settings.access-validity", "90m"))
                .hasValueSatisfying(line ->
                        assertThat(line).contains(": backup 7 days; kerbearer.settings.access-validity is 1h30m"));
    }

    @Test
    void thereIsNoAdviceIfEveryIntegrationSetsAShortLifetime() throws Exception {
        assertThat(advice("{\"id\": \"brief\", \"scope\": \"certificate\", \"accessValidity\": 3600}"))
                .isEmpty();
    }
}
