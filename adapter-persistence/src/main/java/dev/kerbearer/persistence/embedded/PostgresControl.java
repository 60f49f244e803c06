package dev.kerbearer.persistence.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Restarts a PostgreSQL with its earlier options through its own {@code pg_ctl}. The library that first started it
 * cannot do this: its own unfinished attempt blocks the next one.
 *
 * @param data its data directory
 * @param log the file to which its output is appended
 * @param program {@code pg_ctl}
 * @param options the options it was started with
 */
public record PostgresControl(Path data, Path log, Path program, String options) {

    /** In seconds; long, because recovery after a crash can take time. */
    private static final String START_LIMIT = "300";

    private static final String STOP_LIMIT = "10";

    /**
     * Returns the control of the PostgreSQL that now runs on that data. PostgreSQL writes its command line to a file at
     * each start. The file is read now, because a failed start on a full disk leaves it empty.
     */
    public static PostgresControl of(Path data, Path log) throws IOException {
        String line = Files.readString(data.resolve("postmaster.opts")).strip();
        int options = line.indexOf(" \"");
        if (options < 0) {
            throw new IOException("PostgreSQL's command line cannot be parsed: " + line);
        }
        Path postgres = Path.of(line.substring(0, options));
        String name = postgres.getFileName().toString().replace("postgres", "pg_ctl");
        return new PostgresControl(data, log, postgres.resolveSibling(name), line.substring(options + 1));
    }

    /** Starts PostgreSQL and returns whether it now runs. */
    public boolean start() throws IOException, InterruptedException {
        return run("start", "-w", "-t", START_LIMIT, "-o", options);
    }

    /**
     * Stops PostgreSQL, disconnects its clients, and returns whether it ran and was stopped. The lock file is checked
     * first, because {@code pg_ctl} signals whatever process it names.
     */
    public boolean stop() throws IOException, InterruptedException {
        return OrphanedPostgres.running(data).isPresent() && run("stop", "-w", "-t", STOP_LIMIT, "-m", "fast");
    }

    private boolean run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        // PostgreSQL refuses to run as root. A user namespace hides root from it, as in the library.
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(program.toString(), "-D", data.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        return process.waitFor() == 0;
    }
}
