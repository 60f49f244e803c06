package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample files of the package for operators. */
class SampleConfigurationTest {

    private static final Path FILES = Path.of("../packaging/files");
    private static final Path SAMPLE = FILES.resolve("samples/application.properties");
    private static final Path UNIT = FILES.resolve("samples/kerbearer.service");
    private static final Pattern SWITCHED_OFF = Pattern.compile("(?m)^#(?=[a-z][\\w.\"-]*=)");

    @TempDir
    Path folder;

    @Test
    void theSampleStartsAsItIs() throws IOException {
        StartInMemory.start(onThisMachine(Files.readString(SAMPLE)));
    }

    @Test
    void eachLineThatIsSwitchedOffCanBeSwitchedOn() throws IOException {
        String all = SWITCHED_OFF.matcher(Files.readString(SAMPLE)).replaceAll("");
        assertThat(all).isNotEqualTo(Files.readString(SAMPLE));
        Map<String, String> configuration = onThisMachine(all);
        assertThat(configuration).containsKeys("kerbearer.directories.CORP.url", "kerbearer.tokens.format");
        StartInMemory.start(configuration);
    }

    @Test
    void eachKeyIsOneThatTheDocumentationExplains() throws IOException {
        String documentation = Files.readString(Path.of("../docs/configuration.md"))
                + Files.readString(Path.of("../docs/operations.md"));
        for (String key : properties(
                        SWITCHED_OFF.matcher(Files.readString(SAMPLE)).replaceAll(""))
                .stringPropertyNames()) {
            String general = key.startsWith("kerbearer.")
                    ? key.replaceFirst("(realms|directories)\\.(\"[^\"]*\"|[^.]*)", "$1.\"<name>\"")
                    : key.replaceFirst("\"[^\"]*\"", "\"...\"");
            assertThat(documentation.contains("`" + general + "`") || documentation.contains("\n    " + key + "="))
                    .as(key)
                    .isTrue();
        }
    }

    @Test
    void theUnitUsesTheFoldersOfTheSampleAndOfTheReadme() throws IOException {
        String unit = Files.readString(UNIT);
        String readme = Files.readString(FILES.resolve("README.md"));
        assertThat(unit).contains("\nWorkingDirectory=/etc/kerbearer\n", "\nExecStart=/opt/kerbearer/kerbearer\n");
        assertThat(readme)
                .contains("samples/application.properties /etc/kerbearer/config/")
                .contains("/opt/kerbearer\n", "useradd --system --user-group ")
                .contains("samples/kerbearer.service /etc/systemd/system/");
        assertThat(unit).contains("\nStateDirectory=kerbearer\n", "\nUser=kerbearer\n", "\nSuccessExitStatus=143\n");
        assertThat(unit).as("PostgreSQL must outlive the last request").contains("\nKillMode=mixed\n");
        assertThat(readme).contains("install -d -o kerbearer -g kerbearer -m 700 /var/lib/kerbearer\n");
        assertThat(properties(Files.readString(SAMPLE))).containsEntry("kerbearer.data-dir", "/var/lib/kerbearer");
    }

    /** Replaces the files of the sample by files of this machine. Their content does not matter here. */
    private Map<String, String> onThisMachine(String text) throws IOException {
        Properties properties = properties(text);
        Map<String, String> configuration = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> configuration.put(key, properties.getProperty(key)));
        Path empty = Files.writeString(folder.resolve("empty.json"), "[]");
        for (String key : List.of("identities", "integrations", "resource-servers")) {
            configuration.computeIfPresent("kerbearer." + key + ".import", (same, path) -> empty.toString());
        }
        configuration.remove("kerbearer.secrets-dir");
        return configuration;
    }

    private static Properties properties(String text) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new StringReader(text)) {
            properties.load(reader);
        }
        return properties;
    }
}
