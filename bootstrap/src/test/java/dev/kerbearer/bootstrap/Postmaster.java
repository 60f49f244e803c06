package dev.kerbearer.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Stops and starts the embedded PostgreSQL of a running node without the node's knowledge. */
final class Postmaster {

    private final Path data;
    private final List<String> command;
    private final int port;

    private Postmaster(Path data, List<String> command, int port) {
        this.data = data;
        this.command = command;
        this.port = port;
    }

    /** Returns the server that runs on that data. */
    static Postmaster of(Path data) throws IOException {
        List<String> lockFile = Files.readAllLines(data.resolve("postmaster.pid"));
        Path arguments = Path.of("/proc", lockFile.get(0).strip(), "cmdline");
        List<String> command =
                Stream.of(Files.readString(arguments).split("\0")).toList();
        return new Postmaster(data, command, Integer.parseInt(lockFile.get(3).strip()));
    }

    int port() {
        return port;
    }

    /** Stops it immediately, as a power cut does. */
    void stop() throws IOException, InterruptedException {
        pgCtl("stop", "-m", "immediate", "-w");
    }

    /** Sends SIGKILL. */
    void kill() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /** Starts it with the same options on the same port. */
    void start() throws IOException, InterruptedException {
        String options = String.join(
                " ",
                command.subList(3, command.size()).stream()
                        .map(argument -> "'" + argument + "'")
                        .toList());
        pgCtl("start", "-w", "-l", data.resolveSibling("postgresql.log").toString(), "-o", options);
    }

    private void pgCtl(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            line.addAll(List.of("unshare", "-U"));
        }
        line.addAll(List.of(Path.of(command.get(0)).resolveSibling("pg_ctl").toString(), "-D", data.toString()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("pg_ctl fails: " + line);
        }
    }
}
