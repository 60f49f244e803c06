package dev.kerbearer.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys from files, as the configuration reads them. */
class SecretFilesTest {

    private static final String PASSWORD = "quarkus.datasource.password";
    private static final int SYSTEM_PROPERTIES = 400;
    private static final int ENVIRONMENT = 300;
    private static final int CONFIG_FOLDER = 260;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pa$$w0rd",
                "Pa$$$$w0rd",
                "${x}",
                "$${x}",
                "\\${x}",
                "\\$",
                "\\\\$$",
                "$",
                "$$",
                "a$",
                "${",
                "${x:y}",
                "${secret::x}",
                "${" + PASSWORD + "}",
                "a,b\\,c",
                " spaces ",
                "#hash=:!",
                "ends in a tab\t",
                "p\u00e4ss",
                "two\nlines"
            })
    void aValueIsTakenLiterally(String value) throws IOException {
        file(PASSWORD, value);
        assertThat(config().getValue(PASSWORD, String.class)).isEqualTo(value);
        file(PASSWORD, value + "\n");
        assertThat(config().getValue(PASSWORD, String.class)).isEqualTo(value);
        file(PASSWORD, "\uFEFF" + value + "\r\n");
        assertThat(config().getValue(PASSWORD, String.class)).isEqualTo(value);
        assertThat(config(Map.of("quarkus.flyway.password", "${" + PASSWORD + "}"), CONFIG_FOLDER)
                        .getValue("quarkus.flyway.password", String.class))
                .as("named by another key")
                .isEqualTo(value);
        assertThat(config(Map.of("mp.config.property.expressions.enabled", "false"), CONFIG_FOLDER)
                        .getConfigValue(PASSWORD)
                        .getValue())
                .isEqualTo(value);
    }

    @Test
    void onlyOneTrailingLineBreakIsRemoved() throws IOException {
        file(PASSWORD, "secret\n\n");
        assertThat(config().getValue(PASSWORD, String.class)).isEqualTo("secret\n");
        file(PASSWORD, "secret\r");
        assertThat(config().getValue(PASSWORD, String.class)).isEqualTo("secret\r");
    }

    /** The kubelet mounts keys as links through {@code ..data}, which is itself a link that is replaced. */
    @Test
    void aKubernetesMountIsReadAgainWhenItChanges() throws IOException {
        Path first = Files.createDirectory(folder.resolve("..2026_11_30_10_00"));
        Files.writeString(first.resolve(PASSWORD), "first");
        Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        Files.createSymbolicLink(folder.resolve(PASSWORD), Path.of("..data", PASSWORD));
        Files.writeString(folder.resolve(".hidden"), "x");
        Files.createDirectory(folder.resolve("kerbearer.folder"));
        SmallRyeConfig config = config();
        assertThat(config.getValue(PASSWORD, String.class)).isEqualTo("first");
        assertThat(SecretFiles.in(folder)).containsExactly(folder.resolve(PASSWORD));
        Path second = Files.createDirectory(folder.resolve("..2026_11_30_11_00"));
        Files.writeString(second.resolve(PASSWORD), "second");
        Files.delete(folder.resolve("..data"));
        assertThat(config.getValue(PASSWORD, String.class))
                .as("while it is replaced")
                .isEqualTo("first");
        Files.createSymbolicLink(folder.resolve("..data"), second.getFileName());
        assertThat(config.getValue(PASSWORD, String.class))
                .as("without a restart")
                .isEqualTo("second");
    }

    @Test
    void aSecretFileOverridesPropertiesFilesButNotTheEnvironmentOrSystemProperties() throws IOException {
        file(PASSWORD, "of the file");
        assertThat(config(Map.of(PASSWORD, "another"), CONFIG_FOLDER).getValue(PASSWORD, String.class))
                .isEqualTo("of the file");
        for (int stronger : List.of(ENVIRONMENT, SYSTEM_PROPERTIES)) {
            assertThat(config(Map.of(PASSWORD, "another"), stronger).getValue(PASSWORD, String.class))
                    .isEqualTo("another");
        }
    }

    @Test
    void anyKerbearerKeyCanBeAFile() throws IOException {
        file("kerbearer.keys.current", "cafe");
        file("kerbearer.keys.previous", "one,two\n");
        file("kerbearer.directories.CORP.url", "ldaps://dc.corp.example");
        file("kerbearer.directories.CORP.bind.password", "Pa$$w0rd\n");
        KerbearerConfig config = mapped();
        assertThat(config.keys().current()).contains("cafe");
        assertThat(config.keys().previous()).contains(List.of("one", "two"));
        assertThat(config.directories().values())
                .singleElement()
                .extracting(directory -> directory.bind().password().orElse("none"))
                .isEqualTo("Pa$$w0rd");
    }

    @Test
    void aFileOfAnUnknownKerbearerKeyStopsTheStart() throws IOException {
        file("kerbearer.keys.curent", "cafe");
        assertThatThrownBy(this::mapped)
                .hasMessageContaining("kerbearer.keys.curent")
                .hasMessageNotContaining("cafe");
    }

    @Test
    void otherFilesMayBeInTheFolder() throws IOException {
        Files.write(folder.resolve("http.keytab"), new byte[] {5, 2, (byte) 0xff});
        file("empty", "");
        file("kerbearer.keys.current", "cafe");
        assertThat(mapped().keys().current()).contains("cafe");
        assertThat(new SecretFiles(folder, value -> value).getProperties()).containsOnlyKeys("kerbearer.keys.current");
    }

    @Test
    void anUnusableKeyFileStopsTheStartAndIsNamed() throws IOException {
        for (String nothing : List.of("", "\n", "\r\n", "\uFEFF", "\uFEFF\n")) {
            file("kerbearer.keys.current", nothing);
            assertThatThrownBy(this::config)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("kerbearer.keys.current is empty");
        }
        Files.write(folder.resolve("kerbearer.keys.current"), "geh\u00e4im".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(this::config)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not UTF-8 text")
                .hasMessageNotContaining("geh");
    }

    @Test
    void aMissingFolderStopsTheStartAndIsNamed() throws IOException {
        Path missing = folder.resolve("missing");
        Path file = Files.writeString(folder.resolve("file"), "x");
        for (Path none : List.of(missing, file)) {
            assertThatThrownBy(() -> config(Map.of("kerbearer.secrets-dir", none.toString()), CONFIG_FOLDER))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("kerbearer.secrets-dir: the folder " + none + " is missing or cannot be read");
        }
    }

    /** A file of {@code quarkus.config.locations} is read only after the folder would have been read. */
    @Test
    void aFolderConfiguredTooLateStopsTheStart() throws IOException {
        file("kerbearer.keys.current", "cafe");
        assertThat(SecretFiles.loaded(config(), folder)).containsExactly(folder.resolve("kerbearer.keys.current"));
        SmallRyeConfig tooLate = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(
                        Map.of("kerbearer.secrets-dir", folder.toString()), "a location", CONFIG_FOLDER))
                .build();
        Path another = folder.resolve("another");
        for (SmallRyeConfig config : List.of(tooLate, config(Map.of("kerbearer.secrets-dir", ""), CONFIG_FOLDER))) {
            assertThatThrownBy(() -> SecretFiles.loaded(config, folder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("kerbearer.secrets-dir: the files of " + folder + " are not read")
                    .hasMessageContaining("config/application.properties");
        }
        assertThatThrownBy(() -> SecretFiles.loaded(config(), another)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noFolderMeansNoSecretFiles() {
        assertThatThrownBy(() -> config(Map.of("kerbearer.secrets-dir", ""), SYSTEM_PROPERTIES)
                        .getValue(PASSWORD, String.class))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void noValueIsShown() throws IOException {
        file(PASSWORD, "s3cret");
        assertThat(new SecretFiles(folder, value -> value).toString()).doesNotContain("s3cret");
    }

    private void file(String key, String content) throws IOException {
        Files.writeString(folder.resolve(key), content);
    }

    private SmallRyeConfig config() {
        return config(Map.of(), CONFIG_FOLDER);
    }

    private SmallRyeConfig config(Map<String, String> others, int ordinal) {
        return builder(others, ordinal).build();
    }

    private KerbearerConfig mapped() {
        return builder(Map.of(), CONFIG_FOLDER)
                .withMapping(KerbearerConfig.class)
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(KerbearerConfig.class);
    }

    private SmallRyeConfigBuilder builder(Map<String, String> others, int ordinal) {
        Map<String, String> all = new HashMap<>(Map.of("kerbearer.secrets-dir", folder.toString()));
        all.putAll(others);
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(all, "others", ordinal))
                .withSources(new SecretFilesFactory());
    }
}
