package dev.kerbearer.bootstrap.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A command of the program. Without a command, the program starts the service. */
public enum Command {
    DOCTOR("checks the set-up and says what to fix"),
    HELP("shows this text"),
    VERSION("shows the version");

    private final String about;

    Command(String about) {
        this.about = about;
    }

    /**
     * Reads the arguments of the program.
     *
     * @return the command; empty if there is none
     * @throws IllegalArgumentException if the arguments are not understood; the message says which commands exist
     */
    public static Optional<Command> of(List<String> arguments) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        String first = arguments.get(0);
        Command command = Arrays.stream(values())
                .filter(each -> each.word().equals(asWord(first)))
                .findFirst()
                .orElseThrow(() -> unknown(first));
        if (arguments.size() > 1) {
            throw new IllegalArgumentException(
                    command.word() + " takes no argument, but there is \"" + arguments.get(1) + "\"");
        }
        return Optional.of(command);
    }

    private static IllegalArgumentException unknown(String argument) {
        if (argument.startsWith("-")) {
            return new IllegalArgumentException("the option " + argument
                    + " comes too late: options of the JVM, such as -Dkey=value, stand before -jar");
        }
        return new IllegalArgumentException("there is no command \"" + argument + "\"; the commands are "
                + Arrays.stream(values()).map(Command::word).collect(Collectors.joining(", "))
                + ", and without a command the service starts");
    }

    /** In most programs these commands are options, such as {@code --help}. */
    private static String asWord(String argument) {
        return switch (argument) {
            case "--help", "-help", "-h" -> HELP.word();
            case "--version", "-version" -> VERSION.word();
            default -> argument;
        };
    }

    /** Returns the word that a user writes. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns one sentence about the command, without its subject. */
    String about() {
        return about;
    }
}
