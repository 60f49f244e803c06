package dev.kerbearer.persistence.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The server that this Kerbearer started. It is known by its process, so that nobody has to conclude from the data folder's
 * files whether it runs: that cannot always be told, and the files may change.
 */
final class StartedServer {

    private final Path data;
    private volatile ProcessHandle process;

    private StartedServer(Path data, ProcessHandle process) {
        this.data = data;
        this.process = process;
    }

    /** The one that was started on that data just now and answers. */
    static StartedServer of(Path data) throws IOException {
        return new StartedServer(data, namedIn(data));
    }

    private static ProcessHandle namedIn(Path data) throws IOException {
        return PostmasterFile.read(data)
                .flatMap(file -> ProcessHandle.of(file.pid()))
                .orElseThrow(
                        () -> new IOException(PostmasterFile.of(data) + " does not name the server that was started"));
    }

    /** Another one was started on the same data just now. */
    void renew() throws IOException {
        process = namedIn(data);
    }

    /** Whether it runs; a process that has ended counts as ended though its parent has not collected its exit code. */
    boolean runs() throws IOException {
        return process.isAlive() && ServerProcess.of(process, data).isPresent();
    }

    /** Tells it to end in good order, where the system has a way to say so. */
    void end() throws IOException {
        if (runs() && process.supportsNormalTermination()) {
            process.destroy();
        }
    }
}
