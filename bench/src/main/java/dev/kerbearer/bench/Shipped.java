package dev.kerbearer.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an operator starts on this JDK.
 *
 * @param name what a report calls it
 * @param jar of the application
 * @param options of the JVM
 */
record Shipped(String name, Path jar, List<String> options) {

    /**
     * What packaging/package made; on a JDK that trains none the fast-jar with the package's options.
     *
     * @throws IllegalStateException where packaging/package has not been run, or of another commit
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

    /** Its options, and these besides, which count where they say otherwise. */
    List<String> optionsAnd(List<String> more) {
        return Stream.concat(options.stream(), more.stream()).toList();
    }
}
