package dev.kerbearer.bootstrap;

import dev.kerbearer.bootstrap.command.Doctor;
import dev.kerbearer.bootstrap.start.PracticeLine;
import dev.kerbearer.bootstrap.start.StartFailure;
import dev.kerbearer.bootstrap.start.Surroundings;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.function.BiConsumer;

/** Prepares what Kerbearer itself needs, then starts the application. */
@QuarkusMain
public final class Kerbearer {

    Kerbearer() {}

    /**
     * Runs until the process is stopped. With the argument {@code doctor}, only checks the set-up and exits with 1 if
     * something is wrong.
     */
    public static void main(String... args) {
        if (args.length == 1 && args[0].equals(Doctor.COMMAND)) {
            System.exit(examined() ? 0 : 1);
        }
        try {
            run(Surroundings.prepare(), args);
        } catch (IllegalStateException refused) {
            StartFailure.tell(refused);
            if (Surroundings.isDevelopment()) {
                // Quarkus reports it, and tries again after the next edit.
                throw refused;
            }
            System.exit(1);
        }
    }

    private static boolean examined() {
        try {
            return Doctor.findsNothingWrong();
        } catch (RuntimeException misconfigured) {
            StartFailure.tell(misconfigured);
            return false;
        }
    }

    /** In development mode the default exit handler does not end the process, and this method is called again. */
    private static void run(Surroundings surroundings, String... args) {
        BiConsumer<Integer, Throwable> end = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        Quarkus.run(
                Surroundings.isDevelopment() ? PracticeLine.class : null,
                (code, fault) -> {
                    // If a handler is given, Quarkus does not report the failure itself.
                    if (fault != null) {
                        StartFailure.tell(fault);
                    }
                    surroundings.close();
                    end.accept(code, fault);
                },
                args);
    }
}
