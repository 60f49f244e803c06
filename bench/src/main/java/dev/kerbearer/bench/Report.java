package dev.kerbearer.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes every figure of a run as JSON and as tables for people. */
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;
    private final Options options;
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final Map<String, Section> begun = new LinkedHashMap<>();
    private final Map<String, String> machine;

    /**
     * Creates a report. Parts of an existing report of that name stay with their facts, unless they are measured again.
     */
    Report(Path folder, Options options) throws IOException {
        this.folder = folder;
        this.options = options;
        // The facts are those at the start of the run, whatever is committed meanwhile.
        this.machine = Machine.facts();
        Path earlier = folder.resolve(options.report() + ".json");
        if (Files.exists(earlier)) {
            JsonNode read = JSON.readTree(earlier.toFile());
            sections.putAll(JSON.convertValue(read.path("sections"), new TypeReference<Map<String, Section>>() {}));
            // In an older report, tables have no facts of their own; the facts of the run are at its head.
            Map<String, String> run = JSON.convertValue(read.path("machine"), new TypeReference<>() {});
            sections.replaceAll((key, section) -> section.machine() == null ? section.on(run) : section);
        }
    }

    /**
     * A table of the report.
     *
     * @param machine what its figures depend on; the same for all tables of a run
     */
    record Section(String title, String text, List<Map<String, Object>> rows, Map<String, String> machine) {

        private Section on(Map<String, String> facts) {
            return new Section(title, text, rows, facts);
        }

        /** Adds a row, given as alternating names and values. */
        void row(Object... namesAndValues) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
            }
            rows.add(row);
            Progress.say("   " + row);
        }
    }

    /** Begins a table; its key in the JSON never changes. */
    Section section(String key, String title, String text) {
        Section section = new Section(title, text, new ArrayList<>(), machine);
        begun.put(key, section);
        return section;
    }

    /** Discards tables begun since the last write. If a part failed, its earlier tables are better. */
    void takeBack() {
        begun.clear();
    }

    void write() throws IOException {
        machine.put("PostgreSQL", Lab.POSTGRESQL);
        sections.putAll(begun);
        begun.clear();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("quick", options.quick());
        all.put("sections", sections);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(options.report() + ".json"), JSON.writeValueAsString(all) + "\n");
        Files.writeString(folder.resolve(options.report() + ".md"), markdown());
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("# Bench of " + options.report() + "\n\n");
        if (options.quick()) {
            text.append("A quick run: good for comparing, too short for a claim.\n\n");
        }
        Map<String, String> shared = shared();
        text.append("| | |\n|---|---|\n");
        shared.forEach((name, value) ->
                text.append("| ").append(name).append(" | ").append(value).append(" |\n"));
        sections.values().forEach(section -> append(text, section, shared));
        return text.toString();
    }

    /** Returns the facts that are the same for every table. */
    private Map<String, String> shared() {
        Map<String, String> shared = new LinkedHashMap<>();
        sections.values().stream().map(Section::machine).findFirst().ifPresent(shared::putAll);
        sections.values()
                .forEach(
                        section -> shared.entrySet().retainAll(section.machine().entrySet()));
        return shared;
    }

    private static void append(StringBuilder text, Section section, Map<String, String> shared) {
        text.append("\n## ").append(section.title()).append("\n\n");
        if (!section.text().isEmpty()) {
            text.append(section.text()).append("\n\n");
        }
        String own = section.machine().entrySet().stream()
                .filter(fact -> !shared.containsKey(fact.getKey()))
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining("; "));
        if (!own.isEmpty()) {
            text.append("Measured on: ").append(own).append(".\n\n");
        }
        Set<String> columns = new LinkedHashSet<>();
        section.rows().forEach(row -> columns.addAll(row.keySet()));
        text.append("| ").append(String.join(" | ", columns)).append(" |\n");
        text.append("|---".repeat(columns.size())).append("|\n");
        for (Map<String, Object> row : section.rows()) {
            text.append(columns.stream()
                    .map(column -> written(row.getOrDefault(column, "")))
                    .collect(Collectors.joining(" | ", "| ", " |\n")));
        }
    }

    private static String written(Object value) {
        if (!(value instanceof Double number)) {
            return String.valueOf(value);
        }
        double size = Math.abs(number);
        return String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f", number);
    }
}
