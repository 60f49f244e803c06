package dev.kerbearer.persistence.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a PostgreSQL again as it ran before, by its own {@code pg_ctl}. The library that started it first cannot: what
 * it began and did not bring to an end blocks its next attempt.
 *
 * @param data its data directory
 * @param log where its output is appended
 * @param program {@code pg_ctl}
 * @param options with which it was started
 */
public record PostgresControl(Path data, Path log, Path program, String options) {

    /** A crash may have left much to recover; in seconds. */
    private static final String START_LIMIT = "300";

    private static final String STOP_LIMIT = "10";

    /**
     * The one that runs on that data now. PostgreSQL writes down its command line at each start; it is read here and not
     * when it is needed, because on a full disk an attempt to start leaves that file empty.
     */
    public static PostgresControl of(Path data, Path log) throws IOException {
        String line = Files.readString(data.resolve("postmaster.opts")).strip();
        int options = line.indexOf(" \"");
        if (options < 0) {
            throw new IOException("PostgreSQL's own command line is not understood: " + line);
        }
        Path postgres = Path.of(line.substring(0, options));
        String name = postgres.getFileName().toString().replace("postgres", "pg_ctl");
        return new PostgresControl(data, log, postgres.resolveSibling(name), line.substring(options + 1));
    }

    /** Whether it runs now, having been started. */
    public boolean start() throws IOException, InterruptedException {
        return run("start", "-w", "-t", START_LIMIT, "-o", options);
    }

    /**
     * Whether it ran and was stopped, its clients cut off. {@code pg_ctl} signals whatever process the lock file names, so
     * the lock file is looked at first.
     */
    public boolean stop() throws IOException, InterruptedException {
        return OrphanedPostgres.running(data).isPresent() && run("stop", "-w", "-t", STOP_LIMIT, "-m", "fast");
    }

    private boolean run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        // PostgreSQL refuses to run as root; as the library does, it is shown another user.
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
