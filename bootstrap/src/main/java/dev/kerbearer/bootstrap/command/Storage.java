package dev.kerbearer.bootstrap.command;

import dev.kerbearer.bootstrap.config.DatabaseChoice;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.persistence.DatabaseState;
import dev.kerbearer.persistence.PostgresStorage;
import dev.kerbearer.persistence.embedded.RunningDatabase;
import dev.kerbearer.persistence.file.PrivateFiles;
import dev.kerbearer.windowsauth.doctor.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;

/**
 * The configured database, as the doctor can reach it. The doctor does not start the embedded database.
 *
 * @param dataFolder the data folder
 * @param database the database, if it is external or running
 * @param fault why it cannot be reached
 */
record Storage(Path dataFolder, Optional<Reached> database, Optional<Finding> fault) {

    /** A database to connect to. */
    record Reached(String url, DataSource source) {}

    static Storage of(Config config, Path dataFolder) {
        try {
            if (DatabaseChoice.isEmbedded(config)) {
                return embedded(dataFolder);
            }
            return new Storage(
                    dataFolder,
                    Optional.of(reached(
                            config.getValue(DatabaseChoice.JDBC_URL, String.class),
                            config.getOptionalValue("quarkus.datasource.username", String.class),
                            config.getOptionalValue("quarkus.datasource.password", String.class))),
                    Optional.empty());
        } catch (IllegalArgumentException malformed) {
            return new Storage(
                    dataFolder,
                    Optional.empty(),
                    Optional.of(Finding.wrong(
                            DatabaseChoice.JDBC_URL + " cannot be read",
                            "write it like jdbc:postgresql://db.example:5432/kerbearer")));
        } catch (IllegalStateException contradiction) {
            return new Storage(
                    dataFolder,
                    Optional.empty(),
                    Optional.of(Finding.wrong(
                            String.valueOf(contradiction.getMessage()), "otherwise the start is refused")));
        }
    }

    private static Storage embedded(Path dataFolder) {
        try {
            Optional<Reached> running = RunningDatabase.in(dataFolder)
                    .map(there ->
                            reached(there.jdbcUrl(), Optional.of(there.username()), Optional.of(there.password())));
            Optional<Finding> fault = running.isPresent() || PrivateFiles.canWrite(dataFolder)
                    ? Optional.empty()
                    : Optional.of(Finding.wrong(
                            "The data folder " + dataFolder
                                    + " cannot be written, so the embedded database cannot start",
                            PrivateFiles.cannotWrite(dataFolder)));
            return new Storage(dataFolder, running, fault);
        } catch (IOException unreadable) {
            return new Storage(
                    dataFolder,
                    Optional.empty(),
                    Optional.of(Finding.doubtful(
                            "The embedded database cannot be examined: " + unreadable.getMessage(),
                            "run the doctor as the user of the service")));
        }
    }

    private static Reached reached(String url, Optional<String> user, Optional<String> password) {
        return new Reached(shown(url), DatabaseState.source(url, user, password));
    }

    /** Returns the URL without its parameters and without a login, because both may contain a password. */
    private static String shown(String url) {
        return url.replaceFirst("[?].*", "").replaceFirst("//.*@", "//");
    }

    /** Returns the local identities, if the database answers and has Kerbearer's schema. */
    Optional<Directory> localDirectory() {
        return database.filter(Storage::hasSchema).map(there -> PostgresStorage.localDirectory(there.source()));
    }

    /** Returns the integrations, if the database answers and has Kerbearer's schema. */
    Optional<ApiIntegrations> integrations() {
        return database.filter(Storage::hasSchema).map(there -> PostgresStorage.integrations(there.source()));
    }

    private static boolean hasSchema(Reached database) {
        try {
            return DatabaseState.of(database.source()).schema().isPresent();
        } catch (SQLException away) {
            return false;
        }
    }
}
