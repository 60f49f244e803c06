package dev.kerbearer.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Runs the requested parts. Writes the report after each part, so that an interrupted run leaves a report. */
final class Bench {

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments, LocalDate.now(ZoneOffset.UTC).toString());
        Report report = new Report(Path.of("bench/reports"), options);
        List<String> failed = new ArrayList<>();
        for (String part : options.parts()) {
            Progress.say("== " + part);
            try {
                measure(part, report, options);
            } catch (Exception e) {
                // The other parts are still useful.
                Progress.say("   failed: " + e);
                e.printStackTrace();
                failed.add(part);
                report.takeBack();
                continue;
            }
            if (!part.equals("chart")) {
                report.write();
            }
        }
        Path json = Path.of("bench/reports", options.report() + ".json");
        if (!options.quick() && options.parts().contains("chart")) {
            Chart.draw(json, Path.of("docs/performance.svg"));
        }
        if (!failed.isEmpty()) {
            Progress.say("these parts failed, and the report has of them what it had before: " + failed);
            System.exit(1);
        }
    }

    private static void measure(String part, Report report, Options options) throws Exception {
        switch (part) {
            case "micro" -> Micro.measure(report, options);
            case "endtoend" -> EndToEnd.measure(report, options);
            case "options" -> EndToEnd.others(report, options);
            case "start" -> StartTimes.measure(report, options);
            case "overload" -> Overload.measure(report, options);
            case "memory" -> Overload.memory(report, options);
            case "size" -> TableSize.measure(report, options);
            case "windows" -> WindowsSignIns.measure(report, options);
            case Options.COMPARE -> Comparison.measure(report, options);
            case "cleanup" -> Cleanup.measure(report, options);
            case "chart" -> {}
            default -> throw new IllegalArgumentException(part);
        }
    }
}
