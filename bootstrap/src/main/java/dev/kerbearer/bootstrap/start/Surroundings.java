package dev.kerbearer.bootstrap.start;

import dev.kerbearer.bootstrap.config.CheckedConfiguration;
import dev.kerbearer.bootstrap.config.ForwardedHeaders;
import dev.kerbearer.bootstrap.config.SystemConfiguration;
import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Starts what the application needs beside it: the embedded database if none is configured, and in development the
 * practice realm. They reach the application through configuration alone, so its code does not know the difference.
 */
public final class Surroundings {

    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";

    /**
     * How long the end of the process waits for the end of the application, in seconds. Requests in flight have less
     * time.
     */
    private static final long SHUTDOWN_SECONDS = 60;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final CountDownLatch applicationEnded = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private Surroundings() {}

    /**
     * Starts what the configuration asks for.
     *
     * @throws IllegalStateException if it cannot be started; the message says how to fix it
     */
    public static Surroundings prepare() {
        Config config = ConfigProvider.getConfig();
        CheckedConfiguration.of(config);
        Path dataDir = config.getOptionalValue("kerbearer.data-dir", Path.class).orElse(Path.of("data"));
        Surroundings surroundings = new Surroundings();
        try {
            SystemConfiguration told = new SystemConfiguration();
            surroundings.started.push(told);
            ForwardedHeaders.areReadHere(config, told);
            if (isEmbedded(config)) {
                surroundings.started.push(embeddedDatabase(dataDir, told));
            }
            if (PracticeRealm.isPossible()) {
                surroundings.started.push(PracticeRealm.start(dataDir.resolve("practice"), config, told));
            }
        } catch (IOException | RuntimeException fault) {
            surroundings.closeStarted();
            throw fault instanceof IllegalStateException told
                    ? told
                    : new IllegalStateException(fault.getMessage(), fault.getCause());
        }
        // The process must not end before PostgreSQL has, nor PostgreSQL before the application.
        Runtime.getRuntime().addShutdownHook(new Thread(surroundings::awaitEnd, "surroundings"));
        return surroundings;
    }

    /**
     * Returns whether the embedded database is used.
     *
     * @throws IllegalStateException if the configuration contradicts itself about it
     */
    public static boolean isEmbedded(Config config) {
        boolean hasUrl = config.getOptionalValue(JDBC_URL, String.class).isPresent();
        Optional<String> wanted = config.getOptionalValue("kerbearer.database", String.class)
                .map(value -> value.toLowerCase(Locale.ROOT));
        if (wanted.isEmpty()) {
            return !hasUrl;
        }
        if (wanted.get().equals("embedded")) {
            if (hasUrl) {
                throw new IllegalStateException(
                        "kerbearer.database is embedded, but " + JDBC_URL + " is set: unset one of them");
            }
            return true;
        }
        if (!wanted.get().equals("external")) {
            throw new IllegalStateException("kerbearer.database must be embedded or external, not " + wanted.get());
        }
        if (!hasUrl) {
            throw new IllegalStateException("kerbearer.database is external, but there is no data source: set "
                    + JDBC_URL + ", quarkus.datasource.username and quarkus.datasource.password");
        }
        return false;
    }

    private static EmbeddedDatabase embeddedDatabase(Path dataDir, SystemConfiguration told) throws IOException {
        EmbeddedDatabase database = EmbeddedDatabase.start(dataDir);
        told.tell(JDBC_URL, database.jdbcUrl());
        told.tell("quarkus.datasource.username", database.username());
        told.tell("quarkus.datasource.password", database.password());
        return database;
    }

    private void awaitEnd() {
        try {
            if (applicationEnded.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                closed.await();
            } else {
                closeStarted();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops what was started, in reverse order. The application has ended before. */
    public void close() {
        applicationEnded.countDown();
        try {
            closeStarted();
        } finally {
            closed.countDown();
        }
    }

    private synchronized void closeStarted() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException("a program that was started with the application does not end", e);
            }
        }
    }
}
