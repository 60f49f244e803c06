package dev.kerbearer.bench;

import dev.kerbearer.bench.Report.Section;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Measures the time from the start of the process to its first answer. */
final class StartTimes {

    static final int TIMES = 7;

    private static final int TRAINABLE = 25;
    private static final Path PACKAGES = Path.of("packaging/target");
    private static final String ASKED =
            "GET /vedauth/authorize/isAuthServer HTTP/1.1\r\nHost: localhost\r\n" + "Connection: close\r\n\r\n";

    private StartTimes() {}

    static void measure(Report report, Options options) throws Exception {
        Section section = report.section(
                "start",
                "Start to first answer",
                "Seconds, " + TIMES + " times each, on a PostgreSQL that runs already and whose schema is up to date."
                        + " The trained package is what packaging/package makes; -XX:AOTMode=on proves that its cache"
                        + " is taken.");
        try (Lab lab = Lab.start("start")) {
            Node.start(lab, Node.FAST_JAR, List.of()).close();
            row(section, lab, "as packaged (fast-jar)", Node.FAST_JAR, List.of());
            Optional<Path> trained = trainedPackage();
            if (trained.isPresent()) {
                Path jar = trained.get().resolve("quarkus-run.jar");
                row(section, lab, "aot-jar with its trained cache", jar, trainedOptions(trained.get()));
                row(section, lab, "aot-jar without the cache", jar, startOptions(trained.get()));
            }
        }
    }

    /** Returns the options of the package's own start script, with its cache required. */
    static List<String> trainedOptions(Path folder) throws IOException {
        List<String> options = new ArrayList<>(startOptions(folder));
        options.addAll(List.of("-XX:AOTCache=" + folder.toAbsolutePath().resolve("kerbearer.aot"), "-XX:AOTMode=on"));
        return options;
    }

    static List<String> startOptions(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("jvm.options")).stream()
                .filter(line -> line.startsWith("-"))
                .toList();
    }

    /**
     * Returns what packaging/package made; empty on a JDK without trained caches.
     *
     * @throws IllegalStateException if packaging/package was not run, or was run for another commit
     */
    static Optional<Path> trainedPackage() throws IOException {
        if (Runtime.version().feature() < TRAINABLE) {
            return Optional.empty();
        }
        Path commit = PACKAGES.resolve("commit");
        if (!Files.exists(commit) || !Files.readString(commit).strip().equals(Machine.commit())) {
            throw new IllegalStateException("run packaging/package first: " + PACKAGES + " is not of this commit");
        }
        try (Stream<Path> files = Files.list(PACKAGES)) {
            return files.filter(Files::isDirectory).findFirst();
        }
    }

    private static void row(Section section, Lab lab, String name, Path jar, List<String> options) throws Exception {
        List<Double> seconds = new ArrayList<>();
        double resident = 0;
        for (int i = 0; i < TIMES; i++) {
            int port = freePort();
            Path log = lab.folder().resolve("start.log");
            long start = System.nanoTime();
            Process process = Node.launch(lab, jar, options, port, log, Map.of());
            awaitAnswer(process, port, log);
            seconds.add((System.nanoTime() - start) / 1e9);
            resident = new ProcessCpu(process.toHandle()).residentMegabytes(false);
            process.destroy();
            process.waitFor();
        }
        Spread spread = Spread.of(seconds);
        section.row(
                "how", name,
                "median s", spread.median(),
                "least s", spread.least(),
                "most s", spread.most(),
                "resident MB then", resident,
                "JVM options",
                        String.join(" ", options).replace(jar.toAbsolutePath().getParent() + "/", ""));
    }

    private static void awaitAnswer(Process process, int port, Path log) throws Exception {
        while (process.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(ASKED.getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                if (answer.startsWith("HTTP/1.1 202")) {
                    return;
                }
            } catch (IOException notYet) {
                Node.pause(5);
            }
        }
        throw new IllegalStateException("it ended:\n" + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
