package dev.kerbearer.bootstrap.start;

import dev.kerbearer.bootstrap.config.DatabaseChoice;
import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs the programs that the application needs: the embedded database and the practice realm. Each starts at its first
 * use. They stop after the application, in reverse order of their start.
 *
 * <p>In development mode {@link KeptPrograms} loads this class with its own class loader. So callers use only the JDK's
 * types.
 */
public final class Programs implements BiFunction<String, Path, Map<String, String>>, AutoCloseable {

    /** The embedded database, in a data folder. */
    static final String DATABASE = "embedded database";

    /** The practice realm, in a folder of its own. */
    static final String PRACTICE_REALM = "practice realm";

    /**
     * How long the shutdown of the process waits for the shutdown of the application, in seconds. Requests in progress
     * have less time.
     */
    private static final long SHUTDOWN_SECONDS = 60;

    private final Map<String, Running> running = new LinkedHashMap<>();

    private record Running(Path folder, Map<String, String> settings, AutoCloseable program) {}

    /**
     * @param application has a permit while no application runs; the shutdown of the process waits for the permit
     */
    public Programs(Semaphore application) {
        // PostgreSQL must stop after the application, and the process must end after PostgreSQL.
        Thread end = new Thread(() -> closeAfter(application), "surroundings");
        end.setContextClassLoader(Programs.class.getClassLoader());
        Runtime.getRuntime().addShutdownHook(end);
    }

    /**
     * Starts a program, unless it already runs in this folder. If it runs in another folder, it stops there first.
     *
     * @return the settings with which the application finds the program
     * @throws IllegalStateException if it cannot be started; the message says how to fix it
     */
    @Override
    public synchronized Map<String, String> apply(String name, Path folder) {
        @Nullable Running known = running.get(name);
        if (known != null && known.folder().equals(folder)) {
            return known.settings();
        }
        stop(name);
        // The threads of a program inherit the class loader. They must not keep a class loader that is discarded at a
        // reload.
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(Programs.class.getClassLoader());
        try {
            Running started = started(name, folder);
            running.put(name, started);
            return started.settings();
        } catch (IOException fault) {
            throw new IllegalStateException(fault.getMessage(), fault.getCause());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Running started(String name, Path folder) throws IOException {
        if (name.equals(PRACTICE_REALM)) {
            PracticeRealm realm = PracticeRealm.start(folder);
            return new Running(folder, realm.settings(), realm);
        }
        EmbeddedDatabase database = EmbeddedDatabase.start(folder);
        Map<String, String> settings = Map.of(
                DatabaseChoice.JDBC_URL,
                database.jdbcUrl(),
                "quarkus.datasource.username",
                database.username(),
                "quarkus.datasource.password",
                database.password());
        return new Running(folder, settings, database);
    }

    private void closeAfter(Semaphore application) {
        try {
            application.tryAcquire(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Stops all programs, in reverse order of their start. */
    @Override
    public synchronized void close() {
        String[] names = running.keySet().toArray(String[]::new);
        for (int last = names.length - 1; last >= 0; last--) {
            stop(names[last]);
        }
    }

    private void stop(String name) {
        @Nullable Running ending = running.remove(name);
        try {
            if (ending != null) {
                ending.program().close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("the " + name + " does not end", e);
        }
    }
}
