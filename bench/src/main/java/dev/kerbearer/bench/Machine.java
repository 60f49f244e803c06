package dev.kerbearer.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what the figures depend on: the machine, its system, the JDK, and the measured commit. */
final class Machine {

    private Machine() {}

    static Map<String, String> facts() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", of(Path.of("/proc/cpuinfo"), "model name"));
        facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", of(Path.of("/proc/meminfo"), "MemTotal"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put(
                "JDK",
                System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version") + ", the same for the"
                        + " service and the bench");
        // Known after a database has been started.
        facts.put("PostgreSQL", Lab.POSTGRESQL);
        facts.put("commit", commit() + (clean() ? "" : ", with changes"));
        return facts;
    }

    /** Returns the measured commit; "unknown" outside a repository. */
    static String commit() {
        return output("git", "rev-parse", "--short=12", "HEAD");
    }

    private static boolean clean() {
        return output("git", "status", "--porcelain", "--untracked-files=no").isEmpty();
    }

    private static String of(Path file, String name) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? said : "unknown";
        } catch (IOException | InterruptedException e) {
            return "unknown";
        }
    }
}
