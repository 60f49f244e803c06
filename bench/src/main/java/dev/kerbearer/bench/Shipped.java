package dev.kerbearer.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The application as an operator starts it on this JDK.
 *
 * @param name its name in a report
 * @param jar the application's jar
 * @param options the JVM options
 */
record Shipped(String name, Path jar, List<String> options) {

    /**
     * Returns what packaging/package made. On a JDK without trained caches, returns the fast-jar with the package's
     * options.
     *
     * @throws IllegalStateException if packaging/package was not run, or was run for another commit
     */
    static Shipped here() throws IOException {
        Optional<Path> trained = StartTimes.trainedPackage();
        if (trained.isEmpty()) {
            return new Shipped(
                    "with packaging/jvm.options, without a trained cache",
                    Node.FAST_JAR,
                    StartTimes.startOptions(Path.of("packaging")));
        }
        Path folder = trained.get();
        return new Shipped(
                "as packaging/kerbearer starts it",
                folder.resolve("quarkus-run.jar"),
                StartTimes.trainedOptions(folder));
    }

    /** Returns its options followed by {@code more}, which override them. */
    List<String> optionsAnd(List<String> more) {
        return Stream.concat(options.stream(), more.stream()).toList();
    }
}
