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
 * What the operating system says about the process that a {@code postmaster.pid} names. After a restart of the machine
 * the process id may belong to anything, another PostgreSQL server too.
 *
 * @param postgres whether its program is PostgreSQL
 * @param worksInFolder whether the data folder is its working directory, which it is for every PostgreSQL server; empty
 *     where that cannot be read
 * @param sameAccount whether it runs as the owner of the data folder, as PostgreSQL demands
 * @param startedAt when it started; empty where that is not known
 */
record ServerProcess(
        boolean postgres, Optional<Boolean> worksInFolder, boolean sameAccount, Optional<Instant> startedAt) {

    /** The system counts in hundredths of a second from its own start, which it knows to the second. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

    /** Whose server it is. */
    enum Owner {
        /** The data folder's. */
        THIS_FOLDER,
        /** It has nothing to do with the data folder. */
        ANOTHER,
        /** What is known does not decide it. */
        UNCERTAIN
    }

    /** That process; empty where the process has ended, also where its parent has not collected its exit code yet. */
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

    /** Whether that is PostgreSQL's server: its name, or its path as Linux or Windows writes it. */
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

    /** Whose server it is, where the data folder's {@code postmaster.pid} names it. */
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
