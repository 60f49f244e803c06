package dev.kerbearer.domain;

import static org.junit.jupiter.api.Named.named;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/**
 * The first inputs of a fuzz test, and inputs that once caused a failure. Jazzer reads them from the folder in which it
 * stores its findings. A new finding is therefore at once a regression test of the ordinary build.
 */
public final class Seeds {

    private static final Path RESOURCES = Path.of("src", "test", "resources");

    private Seeds() {}

    /**
     * Returns the seeds of the fuzz test with this name.
     *
     * @param neighbour a class in the same package
     */
    public static List<Named<byte[]>> of(Class<?> neighbour, String fuzzTest) {
        Path folder = RESOURCES
                .resolve(neighbour.getPackageName().replace('.', '/'))
                .resolve(fuzzTest + "Inputs")
                .resolve("everythingHolds");
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(Seeds::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Named<byte[]> read(Path file) {
        try {
            return named(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
