package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A packaged Kerbearer in a process of its own, as an operator starts it. */
final class RunningKerbearer implements AutoCloseable {

    static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();

    /** With what an operator's package has; and since no test lasts, without the compiler that pays later. */
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of("../packaging/jvm.options").toAbsolutePath().normalize(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m");

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://localhost:(\\d+)\\D");
    private static final Pattern LISTENING_FOR_TLS =
            Pattern.compile("Listening on: .* and https://localhost:(\\d+)\\D");
    private static final Pattern MANAGEMENT =
            Pattern.compile("Management interface listening on http://localhost:(\\d+)\\D");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final Path log;
    private final int port;
    private final NodeWritings writings;
    private final Supplier<DatabaseDump> dump;

    private RunningKerbearer(Process process, Path log, int port, NodeWritings writings, Supplier<DatabaseDump> dump) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.writings = writings;
        this.dump = dump;
    }

    /** Starts one on a free port and waits until it listens. */
    static RunningKerbearer start(Path folder, Map<String, String> configuration) {
        return start(folder, configuration, Map.of());
    }

    /** Likewise, with environment variables. */
    static RunningKerbearer start(Path folder, Map<String, String> configuration, Map<String, String> environment) {
        Path log = newLog(folder);
        Process process = launch(folder, log, configuration, environment);
        Instant end = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(end) && process.isAlive()) {
            Matcher listening = LISTENING.matcher(read(log));
            if (listening.find()) {
                NodeWritings writings = new NodeWritings(folder, log, configuration);
                writings.rememberPasswordsAndKeys();
                return new RunningKerbearer(
                        process,
                        log,
                        Integer.parseInt(listening.group(1)),
                        writings,
                        () -> DatabaseDump.of(folder, configuration));
            }
            pause();
        }
        process.destroyForcibly();
        throw new AssertionError("Kerbearer does not start:\n" + read(log));
    }

    /** Starts one that is expected to refuse, and answers all that it said. */
    static String refusedStart(Path folder, Map<String, String> configuration) {
        Path log = newLog(folder);
        Process process = launch(folder, log, configuration, Map.of());
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Kerbearer does not refuse to start:\n" + read(log));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (process.exitValue() == 0) {
            throw new AssertionError("Kerbearer ended without a failure:\n" + read(log));
        }
        new NodeWritings(folder, log, configuration).assertLogsHoldNoSecret();
        return read(log);
    }

    private static Process launch(
            Path folder, Path log, Map<String, String> configuration, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(configuration);
        all.putIfAbsent("quarkus.http.port", "0");
        all.putIfAbsent("quarkus.management.port", "0");
        all.putIfAbsent("quarkus.shutdown.delay", "0s");
        NodeWritings.logging().forEach(all::putIfAbsent);
        List<String> command = new ArrayList<>(JAVA);
        all.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", JAR.toString()));
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newLog(Path folder) {
        try {
            return Files.createTempFile(Files.createDirectories(folder), "kerbearer", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Where it speaks TLS. */
    int tlsPort() {
        Matcher listening = LISTENING_FOR_TLS.matcher(output());
        if (!listening.find()) {
            throw new AssertionError("no port for TLS:\n" + output());
        }
        return Integer.parseInt(listening.group(1));
    }

    int managementPort() {
        Matcher listening = MANAGEMENT.matcher(output());
        if (!listening.find()) {
            throw new AssertionError("no management port:\n" + output());
        }
        return Integer.parseInt(listening.group(1));
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public String toString() {
        return "the node at port " + port;
    }

    /** All that it said so far. */
    String output() {
        return read(log);
    }

    /** Waits until it has said all of that: what others notice of it may be earlier. */
    void awaitWords(String... words) throws InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (!Stream.of(words).allMatch(output()::contains)) {
            assertThat(Instant.now()).as(output()).isBefore(end);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
        writings.assertLogsHoldNoSecret();
    }

    /** SIGTERM, and no waiting. */
    void terminate() {
        process.destroy();
    }

    /** SIGTERM; and a search for secrets in all that it wrote, its database too. */
    @Override
    public void close() {
        DatabaseDump rows = dump.get();
        terminate();
        awaitEnd();
        writings.assertNothingHoldsASecret(rows);
    }

    /** Waits until it has ended, and searches its logs for secrets. */
    void awaitItsEnd() {
        awaitEnd();
        writings.assertLogsHoldNoSecret();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Kerbearer does not end:\n" + output());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path log) {
        try {
            // Not strictly: at TRACE there is no knowing what a library writes.
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
