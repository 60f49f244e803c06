package dev.kerbearer.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How to connect to an embedded PostgreSQL that another process runs.
 *
 * @param jdbcUrl its URL, without the password
 * @param username the role that owns everything in the database
 * @param password the password of the role
 */
public record RunningDatabase(String jdbcUrl, String username, String password) {

    private static final int PORT_LINE = 3;

    /**
     * Returns the PostgreSQL that runs on this data folder now, if there is one.
     *
     * @throws IOException if it is unknown whether one runs, or if the files of the folder cannot be read
     */
    public static Optional<RunningDatabase> in(Path dataFolder) throws IOException {
        Path folder = dataFolder.toAbsolutePath().normalize();
        Path data = folder.resolve("postgresql");
        if (OrphanedPostgres.running(data).isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(PostmasterFile.of(data));
        if (lines.size() <= PORT_LINE) {
            throw new IOException("PostgreSQL is just starting");
        }
        return Optional.of(new RunningDatabase(
                EmbeddedDatabase.jdbcUrl(lines.get(PORT_LINE).strip()),
                EmbeddedDatabase.USER,
                Files.readString(folder.resolve("postgresql.password")).strip()));
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "RunningDatabase[" + jdbcUrl + "]";
    }
}
