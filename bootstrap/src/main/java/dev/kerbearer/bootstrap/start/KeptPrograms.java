package dev.kerbearer.bootstrap.start;

import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import dev.kerbearer.windowsauth.practice.EmbeddedRealm;
import io.quarkus.dev.console.DevConsoleManager;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@link Programs} while development mode reloads the application. A reload discards the application and its
 * class loader. The database and the realm keep running, so tokens and tickets stay valid. They have a separate class
 * loader, and Quarkus keeps the reference to them.
 */
final class KeptPrograms {

    private static final String PROGRAMS = "kerbearer.programs";
    private static final String APPLICATION = "kerbearer.application";

    private KeptPrograms() {}

    /** Returns the semaphore that the running application holds. The next application waits for it. */
    static Semaphore application() {
        @Nullable Semaphore known = DevConsoleManager.getGlobal(APPLICATION);
        if (known != null) {
            return known;
        }
        Semaphore application = new Semaphore(1);
        DevConsoleManager.setGlobal(APPLICATION, application);
        return application;
    }

    /** Returns the programs, which start and stop with the process. */
    static BiFunction<String, Path, Map<String, String>> programs() {
        @Nullable BiFunction<String, Path, Map<String, String>> known = DevConsoleManager.getGlobal(PROGRAMS);
        if (known != null) {
            return known;
        }
        BiFunction<String, Path, Map<String, String>> programs = loadedApart();
        DevConsoleManager.setGlobal(PROGRAMS, programs);
        return programs;
    }

    @SuppressWarnings("unchecked") // The class is Programs, from another class loader.
    private static BiFunction<String, Path, Map<String, String>> loadedApart() {
        ClassLoader apart = new URLClassLoader(
                "programs",
                Stream.of(Programs.class, EmbeddedDatabase.class, EmbeddedRealm.class)
                        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                        .toArray(URL[]::new),
                Programs.class.getClassLoader().getParent());
        try {
            return (BiFunction<String, Path, Map<String, String>>) apart.loadClass(Programs.class.getName())
                    .getConstructor(Semaphore.class)
                    .newInstance(application());
        } catch (ReflectiveOperationException fault) {
            throw new IllegalStateException("development mode cannot load its programs", fault);
        }
    }
}
