package dev.kerbearer.persistence.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The server that this Kerbearer started, identified by its process. The data folder's files do not always show whether
 * the server runs, and they may change.
 */
final class StartedServer {

    private final Path data;
    private volatile ProcessHandle process;

    private StartedServer(Path data, ProcessHandle process) {
        this.data = data;
        this.process = process;
    }

    /** Returns the server that was just started on that data and accepts connections. */
    static StartedServer of(Path data) throws IOException {
        return new StartedServer(data, namedIn(data));
    }

    private static ProcessHandle namedIn(Path data) throws IOException {
        return PostmasterFile.read(data)
                .flatMap(file -> ProcessHandle.of(file.pid()))
                .orElseThrow(
                        () -> new IOException(PostmasterFile.of(data) + " does not name the server that was started"));
    }

    /** Switches to a server that was just started again on the same data. */
    void renew() throws IOException {
        process = namedIn(data);
    }

    /** Returns whether it runs. An ended process does not run, even if its parent has not collected its exit code. */
    boolean runs() throws IOException {
        return process.isAlive() && ServerProcess.of(process, data).isPresent();
    }

    /** Requests a normal shutdown, if the operating system supports one. */
    void end() throws IOException {
        if (runs() && process.supportsNormalTermination()) {
            process.destroy();
        }
    }
}
