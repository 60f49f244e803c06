package dev.kerbearer.bench;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a packaged Kerbearer in its own process, as an operator starts it. */
final class Node implements AutoCloseable {

    static final Path FAST_JAR = Path.of("bootstrap/target/quarkus-app/quarkus-run.jar");

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://localhost:(\\d+)");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Process process;
    private final Path log;
    private final int port;

    private Node(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts a node on a free port with these JVM options, and waits until it listens. */
    static Node start(Lab lab, Path jar, List<String> jvmOptions) {
        return start(lab, jar, jvmOptions, Map.of());
    }

    /**
     * Starts a node with more configuration.
     *
     * @param more configuration that is added to the lab's or overrides it
     */
    static Node start(Lab lab, Path jar, List<String> jvmOptions, Map<String, String> more) {
        Path log = newLog(lab);
        Process process = launch(lab, jar, jvmOptions, 0, log, more);
        Instant end = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(end) && process.isAlive()) {
            Matcher listening = LISTENING.matcher(read(log));
            if (listening.find()) {
                return new Node(process, log, Integer.parseInt(listening.group(1)));
            }
            pause(20);
        }
        process.destroyForcibly();
        throw new IllegalStateException("Kerbearer does not start:\n" + read(log));
    }

    private static Path newLog(Lab lab) {
        try {
            return Files.createTempFile(lab.folder(), "kerbearer", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Process launch(Lab lab, Path jar, List<String> jvmOptions, int port, Path log, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(lab.configuration());
        all.putAll(more);
        all.put("quarkus.http.port", String.valueOf(port));
        all.put("quarkus.management.port", "0");
        List<String> command = new ArrayList<>();
        // Uses its own session, as PostgreSQL does, because Linux shares processors among sessions (autogroup).
        command.add("setsid");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        all.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(lab.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            if (!jar.equals(FAST_JAR)) {
                // As in packaging/kerbearer.
                builder.environment().put("MALLOC_ARENA_MAX", "2");
            }
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    ProcessCpu cpu() {
        return new ProcessCpu(process.toHandle());
    }

    /** Sends SIGTERM and waits until the process ends. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("Kerbearer does not end:\n" + read(log));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
