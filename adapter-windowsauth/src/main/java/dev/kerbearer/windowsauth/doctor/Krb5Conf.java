package dev.kerbearer.windowsauth.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a {@code krb5.conf} says, as far as the doctor asks: sections, their settings, and one level of braces. The JDK
 * reads the file too, but tells nobody what it took from it.
 */
final class Krb5Conf {

    private static final Pattern INCLUDE = Pattern.compile("include(?<folder>dir)?\\s+(?<path>/.+)");

    /** Others, such as an editor's copies, are passed over. */
    private static final Pattern INCLUDED = Pattern.compile("[A-Za-z0-9_-]+|[^.].*\\.conf");

    /** By section, or section and realm, and name: {@code libdefaults/allow_weak_crypto}, {@code realms/CORP.EXAMPLE/kdc}. */
    private final Map<String, List<String>> settings;

    private Krb5Conf(Map<String, List<String>> settings) {
        this.settings = settings;
    }

    static Krb5Conf read(Path file) throws IOException {
        Map<String, List<String>> settings = new TreeMap<>();
        String section = "";
        String group = "";
        for (String line : linesOf(file, new HashSet<>())) {
            String text = line.strip();
            if (text.startsWith("[") && text.endsWith("]")) {
                section = text.substring(1, text.length() - 1).toLowerCase(Locale.ROOT) + "/";
                group = "";
            } else if (text.startsWith("}")) {
                group = "";
            } else if (!text.startsWith("#") && !text.startsWith(";") && text.contains("=")) {
                String name = text.substring(0, text.indexOf('=')).strip();
                String value = text.substring(text.indexOf('=') + 1).strip();
                if (value.startsWith("{")) {
                    group = name + "/";
                } else {
                    settings.computeIfAbsent(section + group + name, key -> new ArrayList<>())
                            .add(value);
                }
            }
        }
        return new Krb5Conf(settings);
    }

    /** With those of the files that it includes before its first section; each once, as the JDK has it. */
    private static List<String> linesOf(Path file, Set<Path> read) throws IOException {
        if (!read.add(file.toRealPath())) {
            throw new IOException(file + " is included twice");
        }
        List<String> lines = new ArrayList<>();
        boolean inSection = false;
        for (String line : Files.readAllLines(file)) {
            Matcher include = INCLUDE.matcher(line.strip());
            inSection |= line.strip().startsWith("[");
            if (inSection || !include.matches()) {
                lines.add(line);
            } else {
                for (Path included : included(include)) {
                    lines.addAll(linesOf(included, read));
                }
            }
        }
        return lines;
    }

    private static List<Path> included(Matcher include) throws IOException {
        Path path = Path.of(include.group("path"));
        if (include.group("folder") == null) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            INCLUDED.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    /** Whether a setting of {@code libdefaults} is switched on. */
    boolean isOn(String name) {
        return settings.getOrDefault("libdefaults/" + name, List.of()).stream()
                .anyMatch(value -> value.matches("(?i)true|yes|on|1"));
    }

    /** The KDCs of a realm, {@code host} or {@code host:port}, as they are written. */
    List<String> kdcs(String realm) {
        return settings.getOrDefault("realms/" + realm + "/kdc", List.of());
    }
}
