package dev.kerbearer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Draws the processor time of each call from the JSON of a report. */
final class Chart {

    private static final Map<String, Double> AIMS =
            Map.of("sign-in", 0.45, "verify", 0.08, "introspect", 0.08, "refresh", 0.35);
    private static final int LEFT = 230;
    private static final int ROW = 34;
    private static final double PIXELS_PER_MILLI = 440;

    private final StringBuilder svg = new StringBuilder();
    private int y = 56;

    private Chart() {}

    /** Draws the end-to-end table of the report into the file. */
    static void draw(Path json, Path file) throws IOException {
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        String name = json.getFileName().toString().replace(".json", "");
        Files.writeString(
                file, new Chart().drawn(report.path("sections").path("endtoend").path("rows"), name));
    }

    private String drawn(JsonNode rows, String name) {
        text(16, 24, "title", "Milliseconds of processor time a call, bench of " + name);
        square(16, 34, "service", "Kerbearer");
        square(116, 34, "database", "PostgreSQL");
        square(226, 34, "aim", "aim for Kerbearer");
        for (JsonNode row : rows) {
            bar(row);
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 %d" role="img" aria-label="Processor time a call">
                <style>
                  text { font: 13px sans-serif; fill: #222 } .title { font-weight: bold }
                  .ground { fill: #fff } .service { fill: #2b6cb0 } .database { fill: #9fb8d0 } .aim { fill: #c05621 }
                </style>
                <rect class="ground" width="760" height="%d"/>
                %s</svg>
                """.formatted(y + 12, y + 12, svg);
    }

    private void bar(JsonNode row) {
        String call = row.path("call").asText();
        double service = row.path("service CPU ms").asDouble();
        double database = row.path("database CPU ms").asDouble();
        text(
                16,
                y + 19,
                "label",
                call.replace("one committed insert of the same rows by JDBC", "the same insert by JDBC"));
        double end = LEFT + rectangle(LEFT, "service", service);
        end += rectangle(end, "database", database);
        text(end + 8, y + 19, "label", figures(service, database));
        Double aim = AIMS.get(call);
        if (aim != null) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"aim\" x=\"%.1f\" y=\"%d\" width=\"2\" height=\"30\"/>%n",
                    LEFT + aim * PIXELS_PER_MILLI,
                    y - 1));
        }
        y += ROW;
    }

    private static String figures(double service, double database) {
        return service > 0 && database > 0
                ? String.format(Locale.ROOT, "%.3f + %.3f", service, database)
                : String.format(Locale.ROOT, "%.3f", service + database);
    }

    private double rectangle(double x, String kind, double millis) {
        double width = millis * PIXELS_PER_MILLI;
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"24\"/>%n",
                kind,
                x,
                y + 2,
                width));
        return width;
    }

    private void square(int x, int top, String kind, String meaning) {
        svg.append("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\"/>\n".formatted(kind, x, top));
        text(x + 18, top + 11, "label", meaning);
    }

    private void text(double x, double baseline, String kind, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", kind, x, baseline, text));
    }
}
