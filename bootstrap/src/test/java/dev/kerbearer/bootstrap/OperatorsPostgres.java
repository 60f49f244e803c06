package dev.kerbearer.bootstrap;

import dev.kerbearer.persistence.PreparedData;
import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** A PostgreSQL that only the test controls, like an operator's. If it is stopped, it stays stopped. */
final class OperatorsPostgres implements AutoCloseable {

    private final Path folder;
    private final Postmaster postmaster;
    private final String password;

    private OperatorsPostgres(Path folder, Postmaster postmaster, String password) {
        this.folder = folder;
        this.postmaster = postmaster;
        this.password = password;
    }

    /** Starts a server in that folder. */
    static OperatorsPostgres start(Path folder) {
        try {
            Postmaster postmaster;
            String password;
            try (EmbeddedDatabase made = PreparedData.start(folder)) {
                postmaster = Postmaster.of(folder.resolve("postgresql"));
                password = made.password();
            }
            postmaster.start();
            return new OperatorsPostgres(folder, postmaster, password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    int port() {
        return postmaster.port();
    }

    /** Returns the configuration of a node that uses this database. */
    Map<String, String> configured(Map<String, String> configuration) {
        return configured(configuration, port());
    }

    /** Returns the same configuration with another port for the database. */
    Map<String, String> configured(Map<String, String> configuration, int atPort) {
        configuration.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + atPort + "/postgres");
        configuration.put("quarkus.datasource.username", "postgres");
        configuration.put("quarkus.datasource.password", password);
        return configuration;
    }

    EmbeddedTables tables() throws IOException, SQLException {
        return EmbeddedTables.of(folder);
    }

    /** Stops it immediately, as a power cut does. */
    void stop() throws IOException, InterruptedException {
        postmaster.stop();
    }

    /** Starts it on the same port. */
    void start() throws IOException, InterruptedException {
        postmaster.start();
    }

    @Override
    public void close() {
        try {
            postmaster.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
