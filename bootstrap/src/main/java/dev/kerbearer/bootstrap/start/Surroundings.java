package dev.kerbearer.bootstrap.start;

import dev.kerbearer.bootstrap.config.CheckedConfiguration;
import dev.kerbearer.bootstrap.config.DatabaseChoice;
import dev.kerbearer.bootstrap.config.ForwardedHeaders;
import dev.kerbearer.bootstrap.config.SystemConfiguration;
import io.quarkus.runtime.configuration.QuarkusConfigFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Starts what the application needs beside it: the embedded database if none is configured, and in development the
 * practice realm. They reach the application through configuration alone, so its code does not know the difference.
 */
public final class Surroundings {

    /** How long a reload waits for the end of the previous application, in seconds. */
    private static final long RELOAD_SECONDS = 60;

    private final Semaphore application;
    private final BiFunction<String, Path, Map<String, String>> programs;
    private final Runnable end;
    private final SystemConfiguration told = new SystemConfiguration();

    private Surroundings(Semaphore application, BiFunction<String, Path, Map<String, String>> programs, Runnable end) {
        this.application = application;
        this.programs = programs;
        this.end = end;
    }

    /**
     * Starts the programs that the configuration needs. In development mode, running programs keep running.
     *
     * @throws IllegalStateException if it cannot be started; the message says how to fix it
     */
    public static Surroundings prepare() {
        Surroundings surroundings = isDevelopment() ? kept() : ofThisProcess();
        surroundings.begin();
        return surroundings;
    }

    /** Returns whether this is development mode, which reloads the application and has the practice realm. */
    public static boolean isDevelopment() {
        return PracticeRealm.isPossible();
    }

    private static Surroundings kept() {
        return new Surroundings(KeptPrograms.application(), KeptPrograms.programs(), () -> {});
    }

    private static Surroundings ofThisProcess() {
        Semaphore application = new Semaphore(1);
        Programs programs = new Programs(application);
        return new Surroundings(application, programs, programs::close);
    }

    private void begin() {
        awaitTheEndOfTheLastApplication();
        try {
            if (isDevelopment()) {
                // At a reload, Quarkus would still return the configuration of the previous start.
                QuarkusConfigFactory.setConfig(null);
            }
            configure(ConfigProvider.getConfig());
        } catch (IllegalStateException | Error fault) {
            close();
            throw fault;
        } catch (RuntimeException fault) {
            close();
            throw new IllegalStateException(fault.getMessage(), fault.getCause());
        }
    }

    private void awaitTheEndOfTheLastApplication() {
        try {
            if (application.tryAcquire(RELOAD_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("the application does not end, so it is not reloaded");
    }

    private void configure(Config config) {
        CheckedConfiguration.of(config);
        Path dataDir = config.getOptionalValue("kerbearer.data-dir", Path.class)
                .orElse(Path.of("data"))
                .toAbsolutePath()
                .normalize();
        ForwardedHeaders.areReadHere(config, told);
        if (DatabaseChoice.isEmbedded(config)) {
            programs.apply(Programs.DATABASE, dataDir).forEach(told::tell);
        }
        if (isDevelopment()) {
            PracticeRealm.tell(programs.apply(Programs.PRACTICE_REALM, dataDir.resolve("practice")), config, told);
        }
    }

    /** Stops the programs of this application, after the application has ended. */
    public void close() {
        try {
            told.close();
            end.run();
        } finally {
            application.release();
        }
    }
}
