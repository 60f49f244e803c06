package dev.kerbearer.bootstrap;

import dev.kerbearer.bootstrap.command.Command;
import dev.kerbearer.bootstrap.command.Doctor;
import dev.kerbearer.bootstrap.command.Usage;
import dev.kerbearer.bootstrap.start.PracticeLine;
import dev.kerbearer.bootstrap.start.StartFailure;
import dev.kerbearer.bootstrap.start.Surroundings;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Prepares what Kerbearer itself needs, then starts the application. */
@QuarkusMain
public final class Kerbearer {

    Kerbearer() {}

    /**
     * Runs the service until the process is stopped, or runs a command and ends. An unknown command gives exit code 2.
     */
    public static void main(String... args) {
        Optional<Command> command;
        try {
            command = Command.of(List.of(args));
        } catch (IllegalArgumentException notUnderstood) {
            StartFailure.tell(notUnderstood);
            System.exit(2);
            return;
        }
        command.ifPresentOrElse(Kerbearer::run, Kerbearer::serve);
    }

    private static void run(Command command) {
        switch (command) {
            case DOCTOR -> System.exit(examined() ? 0 : 1);
            case HELP -> Usage.print();
            case VERSION -> Usage.printVersion();
        }
    }

    private static void serve() {
        try {
            serve(Surroundings.prepare());
        } catch (IllegalStateException refused) {
            StartFailure.tell(refused);
            if (Surroundings.isDevelopment()) {
                // Quarkus reports the failure, and tries again after the next edit.
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
    private static void serve(Surroundings surroundings) {
        // The edge refuses malformed targets with the error body. Quarkus's own check would answer first, without a
        // body.
        System.setProperty("vertx.disableURIValidation", "true");
        BiConsumer<Integer, Throwable> end = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        Quarkus.run(Surroundings.isDevelopment() ? PracticeLine.class : null, (code, fault) -> {
            // If a handler is given, Quarkus does not report the failure itself.
            if (fault != null) {
                StartFailure.tell(fault);
            }
            surroundings.close();
            end.accept(code, fault);
        });
    }
}
