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
 * The inputs that a fuzz test begins with, and those that once broke something. They lie where Jazzer looks for them and
 * puts its findings, so that a finding is a regression test of the ordinary build as soon as it is there.
 */
public final class Seeds {

    private static final Path RESOURCES = Path.of("src", "test", "resources");

    private Seeds() {}

    /**
     * The seeds of the fuzz test of that name.
     *
     * @param neighbour a class of the same package
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
