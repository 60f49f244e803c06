package dev.kerbearer.bootstrap;

import dev.kerbearer.bootstrap.command.Doctor;
import dev.kerbearer.bootstrap.start.StartFailure;
import dev.kerbearer.bootstrap.start.Surroundings;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.function.BiConsumer;

/** Starts what Kerbearer itself needs first, and the application on it. */
@QuarkusMain
public final class Kerbearer {

    Kerbearer() {}

    /** Runs until it is told to stop; with {@code doctor}, only looks whether it could, and ends with 1 where it could not. */
    public static void main(String... args) {
        if (args.length == 1 && args[0].equals(Doctor.COMMAND)) {
            System.exit(examined() ? 0 : 1);
        }
        try {
            run(Surroundings.prepare(), args);
        } catch (IllegalStateException refused) {
            StartFailure.tell(refused);
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

    /** In development mode the handler of the end does not end the process, and this is called again. */
    private static void run(Surroundings surroundings, String... args) {
        BiConsumer<Integer, Throwable> end = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        Quarkus.run(
                null,
                (code, fault) -> {
                    // With a handler of its own, the application leaves it to that to tell.
                    if (fault != null) {
                        StartFailure.tell(fault);
                    }
                    surroundings.close();
                    end.accept(code, fault);
                },
                args);
    }
}
