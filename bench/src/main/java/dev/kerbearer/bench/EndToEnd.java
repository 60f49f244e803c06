package dev.kerbearer.bench;

import dev.kerbearer.bench.Load.Result;
import dev.kerbearer.bench.Report.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Sign-in, verify and revoke against the packaged application, and beside them what they cannot be faster than. */
final class EndToEnd {

    static final int CONNECTIONS = 16;

    private EndToEnd() {}

    static void measure(Report report, Options options) throws Exception {
        int warm = options.quick() ? 20_000 : 100_000;
        int measured = options.quick() ? 10_000 : 30_000;
        try (Lab lab = Lab.start("endtoend")) {
            Section calls = report.section(
                    "endtoend",
                    "End to end",
                    CONNECTIONS + " connections, each sending its next request when the last is answered; the load, the"
                            + " service and PostgreSQL share the machine. " + warm + " requests warm up, " + measured
                            + " are measured. CPU is milliseconds a request, from the processes' own counters;"
                            + " times are milliseconds. A fresh AP-REQ for every sign-in.");
            try (Node node = Node.start(lab, Node.FAST_JAR, jvmOptions())) {
                Calls of = new Calls(lab, node);
                of.measure(calls, warm, measured);
            }
            BareMeasures.accept(calls, lab, warm, measured);
            BareMeasures.insert(calls, lab, warm / 2, measured);
            Section other = report.section(
                    "endtoend-other",
                    "With other options of the JVM",
                    "The same: in 128 MB of heap, and as packaging/kerbearer starts it (packaging/jvm.options), whose"
                            + " heap has no limit but the JVM's own.");
            other.row("call", "with -Xmx128m");
            other(other, lab, Node.FAST_JAR, List.of("-Xmx128m"), warm, measured);
            Optional<Path> trained = StartTimes.trainedPackage();
            if (trained.isPresent()) {
                other.row("call", "as packaging/kerbearer starts it");
                Path jar = trained.get().resolve("quarkus-run.jar");
                other(other, lab, jar, StartTimes.trainedOptions(trained.get()), warm, measured);
            } else {
                other.row("call", "with packaging/jvm.options, without a trained cache");
                other(other, lab, Node.FAST_JAR, StartTimes.startOptions(Path.of("packaging")), warm, measured);
            }
        }
    }

    private static void other(Section section, Lab lab, Path jar, List<String> options, int warm, int measured) {
        try (Node node = Node.start(lab, jar, options)) {
            new Calls(lab, node).measure(section, warm, measured / 2);
        }
    }

    /** For a profiler to be attached: what BENCH_JVM says is given to the service. */
    static List<String> jvmOptions() {
        String more = System.getenv("BENCH_JVM");
        return more == null ? List.of() : Arrays.asList(more.split(" "));
    }

    /** The three calls on one node. */
    static final class Calls {

        private final Lab lab;
        private final Node node;
        private final ProcessCpu service;
        private final ProcessCpu database;

        Calls(Lab lab, Node node) {
            this.lab = lab;
            this.node = node;
            this.service = node.cpu();
            this.database = lab.databaseCpu();
        }

        void measure(Section section, int warm, int measured) {
            List<String> tokens = new ArrayList<>();
            Load.Answers keep = (status, answer) -> {
                if (status == 200) {
                    tokens.add(Wire.accessToken(answer));
                }
            };
            Tickets tickets = lab.tickets();
            closed(tickets.signIns(warm), keep);
            List<byte[]> signIns =
                    Arrays.stream(tickets.stock(measured)).map(Wire::signIn).toList();
            counted(section, "sign-in", () -> closed(Wire.each(signIns), keep));
            List<byte[]> verifies = tokens.stream().map(Wire::verify).toList();
            closed(Wire.round(verifies, warm), (status, answer) -> {});
            counted(section, "verify", () -> closed(Wire.round(verifies, 2 * measured), (status, answer) -> {}));
            List<byte[]> revokes = tokens.stream().map(Wire::revoke).toList();
            closed(Wire.each(revokes.subList(0, warm)), (status, answer) -> {});
            List<byte[]> rest = revokes.subList(warm, revokes.size());
            counted(section, "revoke", () -> closed(Wire.each(rest), (status, answer) -> {}));
        }

        private Result closed(Load.Requests requests, Load.Answers answers) {
            return Load.closed(node.port(), CONNECTIONS, requests, 200, answers);
        }

        void counted(Section section, String call, Supplier<Result> load) {
            double serviceBefore = service.millis();
            double databaseBefore = database.millis();
            Result result = load.get();
            double count = result.good().count() + (double) result.other().count();
            if (result.other().count() > 0 || result.broken() > 0) {
                throw new IllegalStateException(call + ": " + result.statuses() + ", " + result.broken() + " broken");
            }
            section.row(
                    "call", call,
                    "service CPU ms", (service.millis() - serviceBefore) / count,
                    "database CPU ms", (database.millis() - databaseBefore) / count,
                    "requests/s", result.perSecond(),
                    "p50 ms", result.good().millis(0.5),
                    "p99 ms", result.good().millis(0.99),
                    "requests", result.good().count(),
                    "resident MB", service.residentMegabytes(false));
        }
    }
}
