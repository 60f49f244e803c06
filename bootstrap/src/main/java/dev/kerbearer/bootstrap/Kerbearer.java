package dev.kerbearer.bootstrap;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.function.BiConsumer;

/** Starts what Kerbearer itself needs first, and the application on it. */
@QuarkusMain
public final class Kerbearer {

    Kerbearer() {}

    /** Runs until it is told to stop. */
    public static void main(String... args) {
        try {
            run(Surroundings.prepare(), args);
        } catch (IllegalStateException refused) {
            StartFailure.tell(refused);
            System.exit(1);
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
