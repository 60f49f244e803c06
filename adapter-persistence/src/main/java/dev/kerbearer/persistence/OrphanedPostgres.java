package dev.kerbearer.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL that outlived its Kerbearer. When a Kerbearer is killed, its PostgreSQL goes on and would block the next
 * start; and when the whole machine goes down, PostgreSQL's own lock file stays and may by then name the process id of
 * something else. Called with the data folder's lock held, so that no living Kerbearer can be meant.
 */
final class OrphanedPostgres {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private OrphanedPostgres() {}

    static void stop(Path data) throws IOException {
        Path lockFile = data.resolve("postmaster.pid");
        if (!Files.exists(lockFile)) {
            return;
        }
        Optional<ProcessHandle> orphan = running(data);
        if (orphan.isPresent()) {
            // Its clients died with their Kerbearer, so the polite signal is soon obeyed.
            orphan.get().destroy();
            awaitEndOf(orphan.get());
        }
        Files.deleteIfExists(lockFile);
    }

    /** The PostgreSQL that runs on that data, where one does. A dead one whose parent has not asked for it is none. */
    static Optional<ProcessHandle> running(Path data) throws IOException {
        Path lockFile = data.resolve("postmaster.pid");
        return Files.exists(lockFile)
                ? recordedProcess(lockFile).filter(OrphanedPostgres::isPostgres)
                : Optional.empty();
    }

    private static Optional<ProcessHandle> recordedProcess(Path lockFile) throws IOException {
        List<String> lines = Files.readAllLines(lockFile);
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        } catch (NumberFormatException torn) {
            return Optional.empty();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
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
