package dev.kerbearer.windowsauth.krb5conf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a {@code krb5.conf} as the JDK reads it ({@code sun.security.krb5.Config}), because the JDK does not expose its
 * result. Includes count only before the first section, and sections of the same name are merged. Of subsections of the
 * same name the first counts, and of a setting every value.
 */
public final class Krb5Conf {

    private static final String INCLUDE = "include ";
    private static final String INCLUDE_FOLDER = "includedir ";

    /** Collects the lines of a repeated subsection, which are ignored. */
    private static final String NOWHERE = "\n\n";

    /** By the names of section, subsections and setting, joined by line breaks, which no name contains. */
    private final Map<String, List<String>> settings = new HashMap<>();

    private final Set<String> sections = new HashSet<>();

    private Krb5Conf() {}

    /**
     * Reads a file.
     *
     * @throws IOException if the file is missing, or the JDK could not read it
     */
    public static Krb5Conf read(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        Path absolute = file.toAbsolutePath();
        addLines(absolute, lines, new HashSet<>());
        Krb5Conf conf = new Krb5Conf();
        conf.take(absolute, normalised(absolute, lines));
        return conf;
    }

    private static void addLines(Path file, List<String> lines, Set<Path> read) throws IOException {
        if (!file.isAbsolute() || !read.add(file)) {
            throw new IOException(file + " is included twice, or not by its absolute name");
        }
        boolean inSection = false;
        for (String written : Files.readAllLines(file)) {
            String line = written.trim();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            inSection |= line.startsWith("[");
            if (inSection) {
                lines.add(line);
            } else if (line.startsWith(INCLUDE_FOLDER)) {
                Path folder = Path.of(line.substring(INCLUDE_FOLDER.length()).trim());
                for (Path included : included(folder)) {
                    addLines(included, lines, read);
                }
            } else if (line.startsWith(INCLUDE)) {
                addLines(Path.of(line.substring(INCLUDE.length()).trim()), lines, read);
            }
        }
    }

    /** Other files, such as an editor's backup copies, are skipped. */
    private static List<Path> included(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .filter(file -> {
                        String name = file.getFileName().toString();
                        return name.matches("[a-zA-Z0-9_-]+") || (!name.startsWith(".") && name.endsWith(".conf"));
                    })
                    .sorted()
                    .toList();
        }
    }

    /** Converts lines to settings, and sections to braces; an opening brace may be on its own line. */
    private static List<String> normalised(Path file, List<String> lines) throws IOException {
        List<String> result = new ArrayList<>();
        String previous = "";
        for (String line : lines) {
            if (line.startsWith("[")) {
                String title = line.substring(1, line.length() - 1).trim();
                if (!line.endsWith("]") || title.isEmpty()) {
                    throw unreadable(file, line);
                }
                if (!previous.isEmpty()) {
                    result.addAll(List.of(previous, "}"));
                }
                previous = title + " = {";
            } else if (line.startsWith("{")) {
                previous += " {";
                if (line.length() > 1) {
                    result.add(previous);
                    previous = line.substring(1).trim();
                }
            } else {
                result.add(previous);
                previous = line;
            }
        }
        if (!previous.isEmpty()) {
            result.addAll(List.of(previous, "}"));
        }
        return result;
    }

    private void take(Path file, List<String> lines) throws IOException {
        Deque<String> open = new ArrayDeque<>(List.of(""));
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (line.equals("}")) {
                open.pop();
                if (open.isEmpty()) {
                    throw unreadable(file, "a brace that closes nothing");
                }
            } else if (equals < 0) {
                throw unreadable(file, line);
            } else {
                String name = open.element() + line.substring(0, equals).trim();
                String value = unquoted(line.substring(equals + 1));
                if (value.equals("{")) {
                    open.push(opened(name, open.size() == 1));
                } else if (!sections.contains(name + "\n")) {
                    settings.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
                }
            }
        }
        if (open.size() > 1) {
            throw unreadable(file, "a brace that is not closed");
        }
    }

    private String opened(String name, boolean isTop) {
        if (isTop) {
            String section = name.toLowerCase(Locale.US) + "\n";
            sections.add(section);
            return section;
        }
        return !settings.containsKey(name) && sections.add(name + "\n") ? name + "\n" : NOWHERE;
    }

    private static String unquoted(String written) {
        String value = written.trim();
        boolean quoted = value.length() >= 2
                && value.charAt(0) == value.charAt(value.length() - 1)
                && (value.charAt(0) == '"' || value.charAt(0) == '\'');
        return quoted ? value.substring(1, value.length() - 1).trim() : value;
    }

    private static IOException unreadable(Path file, String what) {
        return new IOException(file + " is not a valid krb5.conf: " + what);
    }

    /** Whether a setting of {@code libdefaults} is on. */
    public boolean isOn(String name) {
        return values("libdefaults", name).stream().anyMatch(value -> value.matches("(?i)true|yes|on|1"));
    }

    /** Returns the KDCs of a realm as written, {@code host} or {@code host:port}. */
    public List<String> kdcs(String realm) {
        return values("realms", realm, "kdc");
    }

    /** Returns all values of a setting. If the JDK needs one value, it uses the first. */
    List<String> values(String... path) {
        return settings.getOrDefault(String.join("\n", path), List.of());
    }

    /** Whether a section exists at the path of a setting. */
    boolean hasSection(String... path) {
        return sections.contains(String.join("\n", path) + "\n");
    }
}
