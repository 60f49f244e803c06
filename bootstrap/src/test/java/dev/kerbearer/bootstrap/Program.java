package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a client in its own process, which must end without an error. */
final class Program {

    private Program() {}

    /** Returns its output. If the program is missing, fails or does not end, the test fails with the reason. */
    static String run(Path folder, Map<String, String> environment, String packages, List<String> command)
            throws IOException, InterruptedException {
        Path output = folder.resolve(Path.of(command.get(0)).getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = started(builder, packages);
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command.get(0) + " does not end:\n" + Files.readString(output));
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    private static Process started(ProcessBuilder builder, String packages) {
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new AssertionError(
                    "This test needs " + builder.command().get(0) + " on the PATH; on Debian: apt-get install "
                            + packages,
                    missing);
        }
    }
}
