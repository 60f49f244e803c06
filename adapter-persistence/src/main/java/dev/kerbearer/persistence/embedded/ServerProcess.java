package dev.kerbearer.persistence.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Describes the process that a {@code postmaster.pid} names, from the operating system's data. After a reboot, the
 * process id may belong to any process, even another PostgreSQL server.
 *
 * @param postgres whether its program is PostgreSQL
 * @param worksInFolder whether its working directory is the data folder, as for every PostgreSQL server; empty if that
 *     cannot be read
 * @param sameAccount whether it runs as the owner of the data folder, as PostgreSQL requires
 * @param startedAt when it started; empty if that is unknown
 */
record ServerProcess(
        boolean postgres, Optional<Boolean> worksInFolder, boolean sameAccount, Optional<Instant> startedAt) {

    /** Linux counts in hundredths of a second from boot time, which it knows only to the second. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

    /** The folder that the process serves. */
    enum Owner {
        /** The data folder. */
        THIS_FOLDER,
        /** Not the data folder. */
        ANOTHER,
        /** Not certain from the known facts. */
        UNCERTAIN
    }

    /** Returns the process; empty if it has ended, even if its parent has not collected its exit code yet. */
    static Optional<ServerProcess> of(ProcessHandle process, Path data) throws IOException {
        Path entry = Path.of("/proc", Long.toString(process.pid()));
        ProcessHandle.Info info = process.info();
        String owner = Files.getOwner(data).getName();
        try {
            if (Files.exists(entry)) {
                return Optional.of(new ServerProcess(
                        isPostgres(Files.readString(entry.resolve("comm")).strip()),
                        worksIn(data, entry),
                        Files.getOwner(entry).getName().equals(owner),
                        info.startInstant()));
            }
            return Optional.of(new ServerProcess(
                    isPostgres(info.command().orElse("")),
                    Optional.empty(),
                    info.user().orElse(owner).equals(owner),
                    info.startInstant()));
        } catch (NoSuchFileException dead) {
            return Optional.empty();
        } catch (IOException fault) {
            if (process.isAlive()) {
                throw fault;
            }
            return Optional.empty();
        }
    }

    /** Returns whether the program is PostgreSQL's server. Accepts a name, or a Linux or Windows path. */
    static boolean isPostgres(String program) {
        int folder = Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\'));
        return program.substring(folder + 1).startsWith("postgres");
    }

    private static Optional<Boolean> worksIn(Path data, Path entry) throws IOException {
        try {
            return Optional.of(Files.isSameFile(entry.resolve("cwd"), data));
        } catch (AccessDeniedException ofAnotherAccount) {
            return Optional.empty();
        }
    }

    /** Returns which folder's server it is. The data folder's {@code postmaster.pid} must name this process. */
    Owner owner(PostmasterFile file) {
        if (!postgres || !worksInFolder.orElse(true)) {
            return Owner.ANOTHER;
        }
        if (worksInFolder.isPresent()) {
            return Owner.THIS_FOLDER;
        }
        if (!sameAccount) {
            return Owner.ANOTHER;
        }
        return startedAt.isPresent()
                        && file.startedAt().isPresent()
                        && Duration.between(file.startedAt().get(), startedAt.get())
                                        .abs()
                                        .compareTo(START_TOLERANCE)
                                <= 0
                ? Owner.THIS_FOLDER
                : Owner.UNCERTAIN;
    }
}
