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

/** Every figure of a run: as JSON for machines, and as tables for people. */
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;
    private final Options options;
    private final Map<String, Section> sections = new LinkedHashMap<>();

    /** Parts that a report of that name has already stay in it, unless they are measured again. */
    Report(Path folder, Options options) throws IOException {
        this.folder = folder;
        this.options = options;
        Path earlier = folder.resolve(options.report() + ".json");
        if (Files.exists(earlier)) {
            JsonNode read = JSON.readTree(earlier.toFile());
            sections.putAll(JSON.convertValue(read.path("sections"), new TypeReference<Map<String, Section>>() {}));
        }
    }

    /** One table. */
    record Section(String title, String text, List<Map<String, Object>> rows) {

        /** A row, given as names and values in turn. */
        void row(Object... namesAndValues) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
            }
            rows.add(row);
            Progress.say("   " + row);
        }
    }

    /** Begins a table; what a key is called in the JSON stays the same for good. */
    Section section(String key, String title, String text) {
        Section section = new Section(title, text, new ArrayList<>());
        sections.put(key, section);
        return section;
    }

    void write() throws IOException {
        Map<String, String> machine = Machine.facts();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("quick", options.quick());
        all.put("machine", machine);
        all.put("sections", sections);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(options.report() + ".json"), JSON.writeValueAsString(all) + "\n");
        Files.writeString(folder.resolve(options.report() + ".md"), markdown(machine));
    }

    private String markdown(Map<String, String> machine) {
        StringBuilder text = new StringBuilder("# Bench of " + options.report() + "\n\n");
        if (options.quick()) {
            text.append("A quick run: good for comparing, too short for a claim.\n\n");
        }
        text.append("| | |\n|---|---|\n");
        machine.forEach((name, value) ->
                text.append("| ").append(name).append(" | ").append(value).append(" |\n"));
        sections.values().forEach(section -> append(text, section));
        return text.toString();
    }

    private static void append(StringBuilder text, Section section) {
        text.append("\n## ").append(section.title()).append("\n\n");
        if (!section.text().isEmpty()) {
            text.append(section.text()).append("\n\n");
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
