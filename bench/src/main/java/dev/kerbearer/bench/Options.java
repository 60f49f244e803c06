package dev.kerbearer.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param quick shorter, for looking at a change
 * @param parts in the order they run
 * @param report the report's name, without an ending
 */
record Options(boolean quick, List<String> parts, String report) {

    static final List<String> ALL = List.of(
            "micro", "endtoend", "options", "start", "overload", "size", "cleanup", "memory", "windows", "chart");

    static Options of(String[] arguments, String today) {
        boolean quick = false;
        String report = today;
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--no-build" -> {}
                case "--report" -> report = arguments[++i];
                default -> parts.add(arguments[i]);
            }
        }
        if (!ALL.containsAll(parts)) {
            throw new IllegalArgumentException("the parts are " + ALL + ", not " + parts);
        }
        return new Options(quick, parts.isEmpty() ? ALL : parts, report);
    }
}
