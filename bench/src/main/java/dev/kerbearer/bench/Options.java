package dev.kerbearer.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options of the command line.
 *
 * @param quick whether to run shorter, to check a change
 * @param parts in the order they run
 * @param report the report's name, without an extension
 * @param against another commit's application, for the part that compares
 */
record Options(boolean quick, List<String> parts, String report, Optional<Path> against) {

    /** Runs only if it is requested by name, because it needs another commit's application. */
    static final String COMPARE = "compare";

    static final List<String> ALL = List.of(
            "micro", "endtoend", "options", "start", "overload", "size", "cleanup", "memory", "windows", "chart");

    static Options of(String[] arguments, String today) {
        boolean quick = false;
        String report = today;
        Optional<Path> against = Optional.empty();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--no-build" -> {}
                case "--report" -> report = arguments[++i];
                case "--against" -> against = Optional.of(Path.of(arguments[++i]));
                default -> parts.add(arguments[i]);
            }
        }
        if (!parts.stream().allMatch(part -> part.equals(COMPARE) || ALL.contains(part))) {
            throw new IllegalArgumentException("the parts are " + ALL + " and " + COMPARE + ", not " + parts);
        }
        return new Options(quick, parts.isEmpty() ? ALL : parts, report, against);
    }
}
