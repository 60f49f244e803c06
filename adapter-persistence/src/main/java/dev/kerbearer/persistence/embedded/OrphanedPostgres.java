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
 * A PostgreSQL that outlived its Kerbearer. When a Kerbearer is killed, its PostgreSQL goes on and would block the next
 * start; and when the whole machine goes down, PostgreSQL's own lock file stays and may by then name the process id of
 * something else, which is left alone. Called with the data folder's lock held, so that no living Kerbearer can be meant.
 */
public final class OrphanedPostgres {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private OrphanedPostgres() {}

    /** It cannot be told whether a PostgreSQL works on the data folder, or it is somebody's who works there by hand. */
    public static final class Doubtful extends IOException {
        private static final long serialVersionUID = 1L;

        Doubtful(String message) {
            super(message);
        }
    }

    /**
     * Ends the PostgreSQL that runs on that data, and removes what else would block a start.
     *
     * @throws Doubtful where it cannot be told whether one runs; nothing is ended then
     */
    static void stop(Path data) throws IOException {
        Optional<ProcessHandle> orphan = running(data);
        if (orphan.isPresent()) {
            // Its clients died with their Kerbearer, so the polite signal is soon obeyed.
            orphan.get().destroy();
            awaitEndOf(orphan.get());
        }
        removeWhatBlocks(data);
    }

    /**
     * Removes a {@code postmaster.pid} with which PostgreSQL would not start: one that names no process, or a process of
     * something else. Call it where no server runs on that data. The file of a dead process stays: PostgreSQL passes over
     * it by itself, once it has found by its help that no process of the dead server works on the data any more.
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
     * The PostgreSQL that runs on that data, where one does.
     *
     * @throws Doubtful where that cannot be told
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
        return new Doubtful(
                "Process " + process.pid() + " is a PostgreSQL server, and it cannot be told whether it works on "
                        + data + ", so nothing is started and nothing is stopped. Where it does, stop it (kill -INT "
                        + process.pid() + "); where it does not, remove " + PostmasterFile.of(data));
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
                    "The PostgreSQL of a Kerbearer that was killed (process " + process.pid() + ") does not end", e);
        }
    }
}
