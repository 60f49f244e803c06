package dev.kerbearer.persistence.embedded;

import dev.kerbearer.persistence.file.PrivateFiles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/**
 * Runs Kerbearer's own PostgreSQL on a single machine. It is as durable as an operator's PostgreSQL and reachable only
 * on loopback with a password. Its data stays in the data folder between starts. If it ends unexpectedly, it is started
 * again.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());

    private static final String DATABASE = "postgres";
    static final String USER = "postgres";
    private static final int PASSWORD_BYTES = 24;

    /** Long, because recovery after a crash can take time. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final DataFolderLock lock;
    private final Path data;
    private final EmbeddedPostgres server;
    private final StartedServer started;
    private final Supervision supervision;
    private final String password;

    private EmbeddedDatabase(
            DataFolderLock lock,
            Path data,
            EmbeddedPostgres server,
            StartedServer started,
            Supervision supervision,
            String password) {
        this.lock = lock;
        this.data = data;
        this.server = server;
        this.started = started;
        this.supervision = supervision;
        this.password = password;
    }

    /**
     * Starts PostgreSQL on a free loopback port, on existing data or on a new data directory.
     *
     * @param dataFolder is created if it is missing, for its owner only
     * @throws IllegalStateException if there are no PostgreSQL programs for this machine, or if the folder cannot be
     *     written; the message says how to fix it
     * @throws DataFolderLock.InUse if another Kerbearer uses that folder
     * @throws IOException if PostgreSQL does not start; its output is in {@code postgresql.log} in that folder
     */
    public static EmbeddedDatabase start(Path dataFolder) throws IOException {
        EmbeddedPrograms.check();
        Path folder = dataFolder.toAbsolutePath().normalize();
        DataFolderLock lock = locked(folder);
        try {
            Path data = folder.resolve("postgresql");
            OrphanedPostgres.stop(data);
            setUnfinishedAside(data, marker(folder));
            String password = PrivateFiles.secretIn(
                    folder.resolve("postgresql.password"),
                    PASSWORD_BYTES,
                    Base64.getUrlEncoder().withoutPadding());
            EmbeddedPostgres server =
                    server(folder, data).setConnectConfig("password", password).start();
            PrivateFiles.createFile(marker(folder));
            closeBinaries(binaries(folder));
            PostgresControl control = PostgresControl.of(data, log(folder));
            StartedServer started = StartedServer.of(data);
            return new EmbeddedDatabase(lock, data, server, started, Supervision.of(control, started), password);
        } catch (OrphanedPostgres.Doubtful refused) {
            lock.close();
            throw refused;
        } catch (IOException | RuntimeException fault) {
            lock.close();
            throw new IOException("The embedded PostgreSQL does not start; see " + log(folder), fault);
        }
    }

    /** The message of the file system contains only a path, so this message adds the reason. */
    private static DataFolderLock locked(Path folder) throws IOException {
        try {
            PrivateFiles.createFolder(folder);
            return DataFolderLock.take(folder);
        } catch (DataFolderLock.InUse inUse) {
            throw inUse;
        } catch (IOException unwritable) {
            throw new IllegalStateException(PrivateFiles.cannotWrite(folder), unwritable);
        }
    }

    /**
     * Restricts the programs to their owner, because the library makes them accessible to every user for shared tests.
     * The folder is missing if the same process started a PostgreSQL before: then the library uses the programs of that
     * folder.
     */
    private static void closeBinaries(Path binaries) throws IOException {
        if (Files.exists(binaries)) {
            PrivateFiles.close(binaries);
        }
    }

    private static EmbeddedPostgres.Builder server(Path folder, Path data) throws IOException {
        Path log = log(folder);
        PrivateFiles.createFile(log);
        return EmbeddedPostgres.builder()
                .setPgBinaryResolver(EmbeddedPrograms.RESOLVER)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(binaries(folder).toFile())
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                // The library is made for tests and gives up durability and passwords for speed; these settings restore
                // them.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                .setLocaleConfig("pwfile", folder.resolve("postgresql.password").toString())
                // The sort order and the messages must not depend on the machine's language.
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("log_checkpoints", "off");
    }

    private static Path log(Path folder) {
        return folder.resolve("postgresql.log");
    }

    private static Path binaries(Path folder) {
        return folder.resolve("postgresql-binaries");
    }

    private static Path marker(Path folder) {
        return folder.resolve("postgresql.initialised");
    }

    /**
     * Moves an incomplete data directory of an unfinished first start aside, because it would block the next start. It
     * is not deleted: data that somebody copied here without the marker looks the same.
     */
    private static void setUnfinishedAside(Path data, Path marker) throws IOException {
        if (Files.exists(data) && !Files.exists(marker)) {
            Path aside = Files.createTempDirectory(data.getParent(), "postgresql-unfinished-");
            Files.move(data, aside.resolve(data.getFileName()));
            LOG.log(
                    Level.WARNING,
                    "The setup of {0} was interrupted, so the folder was moved to {1}. If it has your data, move it"
                            + " back and create the file {2}",
                    data,
                    aside,
                    marker);
        }
    }

    /** Returns the JDBC URL of the database, without the password. */
    public String jdbcUrl() {
        return jdbcUrl(Integer.toString(server.getPort()));
    }

    static String jdbcUrl(String port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** Returns the role that owns everything in the database. */
    public String username() {
        return USER;
    }

    /** Returns that role's password, which was generated at the first start. */
    public String password() {
        return password;
    }

    /** Closes all connections and stops PostgreSQL. */
    @Override
    public void close() {
        supervision.end();
        try {
            if (!started.runs() && OrphanedPostgres.running(data).isEmpty()) {
                // To stop PostgreSQL, the library signals whatever process a leftover lock file names.
                OrphanedPostgres.removeWhatBlocks(data);
            }
            server.close();
            // The library finds the server by its lock file, which may no longer name it.
            started.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            supervision.close();
            lock.close();
        }
    }
}
