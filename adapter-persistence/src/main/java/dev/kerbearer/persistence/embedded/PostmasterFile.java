package dev.kerbearer.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The content of {@code postmaster.pid}, which a PostgreSQL server writes into its data folder. The file remains after
 * a power failure, so it may be out of date.
 *
 * @param pid the server's process id
 * @param singleUser whether somebody uses the folder with {@code postgres --single}
 * @param startedAt when the server started, in whole seconds; empty if the file is cut off before it
 */
public record PostmasterFile(long pid, boolean singleUser, Optional<Instant> startedAt) {

    private static final int START_LINE = 2;

    public static Path of(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** Returns the file's content; empty if there is no file, or if it names no process. */
    static Optional<PostmasterFile> read(Path data) throws IOException {
        try {
            return parsed(Files.readAllLines(of(data)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static Optional<PostmasterFile> parsed(List<String> lines) {
        return number(lines, 0)
                .filter(pid -> pid != 0)
                .map(pid -> new PostmasterFile(
                        Math.abs(pid), pid < 0, number(lines, START_LINE).map(Instant::ofEpochSecond)));
    }

    private static Optional<Long> number(List<String> lines, int line) {
        try {
            return lines.size() > line
                    ? Optional.of(Long.parseLong(lines.get(line).strip()))
                    : Optional.empty();
        } catch (NumberFormatException torn) {
            return Optional.empty();
        }
    }
}
