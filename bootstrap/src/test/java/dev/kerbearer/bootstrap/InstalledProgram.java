package dev.kerbearer.bootstrap;

import dev.kerbearer.persistence.PreparedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program with its start script, in a folder with a blank and an umlaut in its name. Shell scripts call it in the
 * locale {@code C}. The reason is that this JVM may run in a locale that cannot encode the name.
 *
 * @param folder the working directory of the scripts
 */
record InstalledProgram(Path folder) {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    /** Links the files of the program instead of copying them, because they are large. */
    private static final String INSTALLED = """
            set -u
            export LC_ALL=C
            umlaut=$(printf 'Kerbearer f\\303\\274r alle')
            [ -e "$umlaut" ] || { mkdir "$umlaut" && cp -Rl "$PROGRAM" "$umlaut/program"; } || exit 99
            [ -e "$umlaut/program/kerbearer" ] || cp "$PACKAGING/kerbearer" "$PACKAGING/jvm.options" "$umlaut/program/"
            kerbearer=$PWD/$umlaut/program/kerbearer
            """;

    private static final String STARTED = """
            mkdir "$umlaut/written" config
            mv data "$umlaut/written/data"
            printf 'kerbearer.data-dir=%%s\\n' "$PWD/$umlaut/written/data" >config/application.properties
            %s "$kerbearer" -Xmx256m -Djava.io.tmpdir=/none -Dquarkus.http.port=0 -Dquarkus.management.port=0 \\
                -Dquarkus.shutdown.delay=0s >log 2>&1 &
            node=$!
            tenths=0
            until grep -q 'Listening on: ' log || ! kill -0 $node || [ $tenths -gt 1800 ]; do
                sleep 0.1
                tenths=$((tenths + 1))
            done
            kill $node
            wait $node
            exit=$?
            cat log
            exit $exit
            """;

    /**
     * @param exit the exit code
     * @param said the whole output
     */
    record Outcome(int exit, String said) {}

    /** Installs the program in a new folder on its own file system. */
    static InstalledProgram install() throws IOException {
        return new InstalledProgram(
                Files.createTempDirectory(Files.createDirectories(Path.of("target/e2e")), "installed")
                        .toAbsolutePath());
    }

    /**
     * Starts a node with its data in such a folder, and stops the node when it listens.
     *
     * @param before shell words in front of the command; they may use {@code $umlaut/written}, the folder for files
     */
    Outcome start(String before) throws IOException, InterruptedException {
        PreparedData.copyTo(folder.resolve("data"));
        return run(STARTED.formatted(before));
    }

    /** Runs a script. In it, {@code $kerbearer} is the path of the start script. */
    Outcome run(String script) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-c", INSTALLED + script))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
        builder.environment().put("PROGRAM", PackagedProgram.folder().toString());
        builder.environment()
                .put(
                        "PACKAGING",
                        Path.of("../packaging").toAbsolutePath().normalize().toString());
        Process process = builder.start();
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end:\n" + Files.readString(said));
        }
        return new Outcome(process.exitValue(), Files.readString(said));
    }
}
