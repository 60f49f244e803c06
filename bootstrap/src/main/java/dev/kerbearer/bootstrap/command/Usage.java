package dev.kerbearer.bootstrap.command;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** Prints the usage and the version of the program. */
public final class Usage {

    private Usage() {}

    /** Prints how to call the program. */
    public static void print() {
        System.out.print(text());
    }

    /** Prints the version of the program, of Java and of the operating system. A bug report needs all three. */
    public static void printVersion() {
        System.out.println(version());
    }

    static String text() {
        String commands = Arrays.stream(Command.values())
                .map(command -> "  %-9s  %s%n".formatted(command.word(), command.about()))
                .collect(Collectors.joining());
        return """
                Usage: kerbearer [<option>...] [<command>]

                Without a command, kerbearer starts the service. It reads config/application.properties
                in the working directory.

                Commands:
                %s
                Options:
                  -D<key>=<value>  sets a key of the configuration, as in -Dkerbearer.data-dir=/var/lib/kerbearer
                  -X..., -XX:...   options of the JVM, as in -Xmx256m

                README.md beside the program says how to set it up.
                """.formatted(commands);
    }

    /** The version of the program comes from the manifest of the application. */
    static String version() {
        return "Kerbearer %s (Java %s, %s %s)"
                .formatted(
                        Objects.requireNonNullElse(Usage.class.getPackage().getImplementationVersion(), "unknown"),
                        Runtime.version(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }
}
