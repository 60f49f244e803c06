package dev.kerbearer.bootstrap;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts what Kerbearer itself needs first, and the application on it. */
@QuarkusMain
public final class Kerbearer {

    Kerbearer() {}

    /** Runs until it is told to stop. */
    public static void main(String... args) {
        Surroundings surroundings;
        try {
            surroundings = Surroundings.prepare();
        } catch (RuntimeException refused) {
            StartFailure.tell(refused);
            System.exit(1);
            return;
        }
        try (surroundings) {
            Quarkus.run(args);
        }
    }
}
