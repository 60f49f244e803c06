package dev.kerbearer.bootstrap;

import dev.kerbearer.persistence.PreparedData;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** A packaged Kerbearer in its own process, started as an operator starts it. */
final class RunningKerbearer implements AutoCloseable {

    /** The slower compiler (C2) is off, because tests are too short to benefit from it. */
    private static final List<String> JVM_OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-Xmx256m");

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://localhost:(\\d+)\\D");
    private static final Pattern LISTENING_FOR_TLS =
            Pattern.compile("Listening on: .* and https://localhost:(\\d+)\\D");
    private static final Pattern MANAGEMENT =
            Pattern.compile("Management interface listening on http://localhost:(\\d+)\\D");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final NodeLog log;
    private final int port;
    private final NodeWritings writings;
    private final Supplier<DatabaseDump> dump;

    private RunningKerbearer(
            Process process, NodeLog log, int port, NodeWritings writings, Supplier<DatabaseDump> dump) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.writings = writings;
        this.dump = dump;
    }

    /**
     * Starts a node on a free port and waits until it listens. If it uses an embedded database and the data folder is
     * missing or empty, that database is {@linkplain PreparedData prepared}.
     */
    static RunningKerbearer start(Path folder, Map<String, String> configuration) {
        return start(folder, configuration, Map.of());
    }

    /** Starts a node with environment variables. */
    static RunningKerbearer start(Path folder, Map<String, String> configuration, Map<String, String> environment) {
        prepareData(folder, configuration);
        return startOnWhatIsThere(folder, configuration, environment);
    }

    /** Starts a node without a prepared database. If there is no data, the node sets up its database itself. */
    static RunningKerbearer startOnWhatIsThere(
            Path folder, Map<String, String> configuration, Map<String, String> environment) {
        NodeLog log = newLog(folder);
        Process process = launch(folder, log, configuration, environment);
        NodeLog.Lines lines = log.lines();
        Instant end = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(end) && process.isAlive()) {
            Matcher listening = LISTENING.matcher(lines.more());
            if (listening.find()) {
                NodeWritings writings = new NodeWritings(folder, log.file(), configuration);
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
        throw new AssertionError("Kerbearer does not start:\n" + log.all());
    }

    private static void prepareData(Path folder, Map<String, String> configuration) {
        if (!configuration.containsKey("quarkus.datasource.jdbc.url")
                && !configuration.getOrDefault("kerbearer.database", "embedded").equals("external")) {
            PreparedData.copyTo(folder.resolve(configuration.getOrDefault("kerbearer.data-dir", "data")));
        }
    }

    /** Starts a node that must refuse to start, and returns its output. */
    static String refusedStart(Path folder, Map<String, String> configuration) {
        prepareData(folder, configuration);
        NodeLog log = newLog(folder);
        Process process = launch(folder, log, configuration, Map.of());
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Kerbearer does not refuse to start:\n" + log.all());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (process.exitValue() == 0) {
            throw new AssertionError("Kerbearer ended without a failure:\n" + log.all());
        }
        new NodeWritings(folder, log.file(), configuration).assertLogsHoldNoSecret();
        return log.all();
    }

    private static Process launch(
            Path folder, NodeLog log, Map<String, String> configuration, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(configuration);
        all.putIfAbsent("quarkus.http.port", "0");
        all.putIfAbsent("quarkus.management.port", "0");
        all.putIfAbsent("quarkus.shutdown.delay", "0s");
        NodeWritings.logging().forEach(all::putIfAbsent);
        try {
            List<String> jvmOptions = new ArrayList<>(JVM_OPTIONS);
            jvmOptions.addAll(ClassArchive.options(JVM_OPTIONS));
            ProcessBuilder builder = PackagedProgram.start(jvmOptions, all)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.file().toFile());
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NodeLog newLog(Path folder) {
        try {
            return new NodeLog(Files.createTempFile(Files.createDirectories(folder), "kerbearer", ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Returns the port for TLS. */
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

    /** Returns the output so far. */
    String output() {
        return log.all();
    }

    /** Waits until all these words are in the output. Clients may notice an event before it is logged. */
    void awaitWords(String... words) throws InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        NodeLog.Lines lines = log.lines();
        List<String> missing = new ArrayList<>(List.of(words));
        while (true) {
            missing.removeIf(lines.more()::contains);
            if (missing.isEmpty()) {
                return;
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(missing + " is not said:\n" + output());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Sends SIGKILL, waits for the end, and searches the logs for secrets. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
        writings.assertLogsHoldNoSecret();
    }

    /** Sends SIGTERM without waiting. */
    void terminate() {
        process.destroy();
    }

    /**
     * Sends SIGTERM, waits for the end, and searches everything that the node wrote for secrets, including its
     * database.
     */
    @Override
    public void close() {
        DatabaseDump rows = dump.get();
        terminate();
        awaitEnd();
        writings.assertNothingHoldsASecret(rows);
    }

    /** Waits for the end and searches the logs for secrets. */
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

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
