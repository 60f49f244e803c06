package dev.kerbearer.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops a PostgreSQL that outlived its Kerbearer. If a Kerbearer is killed, its PostgreSQL goes on and would block the
 * next start. If the whole machine goes down, PostgreSQL's lock file stays and may later name the process id of an
 * unrelated process. That process is left alone. The caller must hold the data folder's lock, so that no running
 * Kerbearer is affected.
 */
public final class OrphanedPostgres {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private OrphanedPostgres() {}

    /**
     * Thrown if it is unknown whether a PostgreSQL uses the data folder, or if somebody uses the folder in single-user
     * mode.
     */
    public static final class Doubtful extends IOException {
        private static final long serialVersionUID = 1L;

        Doubtful(String message) {
            super(message);
        }
    }

    /**
     * Stops the PostgreSQL that runs on that data, and removes files that would block a start.
     *
     * @throws Doubtful if it is unknown whether one runs; nothing is stopped then
     */
    static void stop(Path data) throws IOException {
        Optional<ProcessHandle> orphan = running(data);
        if (orphan.isPresent()) {
            // Its clients ended with their Kerbearer, so a normal shutdown is fast.
            orphan.get().destroy();
            awaitEndOf(orphan.get());
        }
        removeWhatBlocks(data);
    }

    /**
     * Removes a {@code postmaster.pid} that would stop PostgreSQL from starting: one that names no process or an
     * unrelated process. Call it only if no server runs on that data. The file of an ended process stays. PostgreSQL
     * ignores it after using it to check that no process of the ended server still uses the data.
     */
    static void removeWhatBlocks(Path data) throws IOException {
        boolean dead = PostmasterFile.read(data)
                .filter(file -> ProcessHandle.of(file.pid()).isEmpty())
                .isPresent();
        if (!dead) {
            Files.deleteIfExists(PostmasterFile.of(data));
        }
    }

    /**
     * Returns the PostgreSQL that runs on that data, if there is one.
     *
     * @throws Doubtful if that is unknown
     */
    public static Optional<ProcessHandle> running(Path data) throws IOException {
        Optional<PostmasterFile> file = PostmasterFile.read(data);
        Optional<ProcessHandle> named = file.flatMap(found -> ProcessHandle.of(found.pid()));
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Optional<ServerProcess> process = ServerProcess.of(named.get(), data);
        if (process.isEmpty()) {
            return Optional.empty();
        }
        return switch (process.get().owner(file.get())) {
            case ANOTHER -> Optional.empty();
            case UNCERTAIN -> throw doubtful(data, named.get());
            case THIS_FOLDER -> {
                if (file.get().singleUser()) {
                    throw singleUser(data, named.get());
                }
                yield named;
            }
        };
    }

    private static Doubtful doubtful(Path data, ProcessHandle process) {
        return new Doubtful("Process " + process.pid() + " is a PostgreSQL server that may be using "
                + data + ", so nothing is started and nothing is stopped. If it uses this folder, stop it"
                + " (kill -INT "
                + process.pid() + "). If not, remove " + PostmasterFile.of(data));
    }

    private static Doubtful singleUser(Path data, ProcessHandle process) {
        return new Doubtful("Somebody works on " + data + " with postgres --single (process " + process.pid()
                + "): end that first");
    }

    private static void awaitEndOf(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "The PostgreSQL of a killed Kerbearer (process " + process.pid() + ") does not end", e);
        }
    }
}
