package dev.kerbearer.bench;

import dev.kerbearer.bench.Report.Section;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Measures every call against the packaged application, and the lower bounds beside them. */
final class EndToEnd {

    static final int CONNECTIONS = 16;

    private EndToEnd() {}

    static void measure(Report report, Options options) throws Exception {
        int warm = warm(options);
        int measured = measured(options);
        try (Lab lab = Lab.start("endtoend")) {
            Section calls = report.section(
                    "endtoend",
                    "End to end",
                    CONNECTIONS + " connections, each sending its next request when the last is answered, or 0.2 s"
                            + " after it was refused; the load, the"
                            + " service and PostgreSQL share the machine. " + warm
                            + " requests of each kind warm up (of"
                            + " revoke " + (warm - measured) + "), " + measured
                            + " or twice as many are measured. CPU is milliseconds a request, from the"
                            + " processes' own counters; times are milliseconds. A fresh AP-REQ for every sign-in."
                            + " The service is the fast-jar with no option of the JVM.");
            measure(calls, lab, Node.FAST_JAR, jvmOptions(), warm, measured);
            BareMeasures.accept(calls, lab, warm, measured);
            BareMeasures.insert(calls, lab, warm, measured);
        }
    }

    /** Measures the same calls with other JVM options that an operator may set. */
    static void others(Report report, Options options) throws Exception {
        int warm = warm(options);
        int measured = measured(options) / 2;
        try (Lab lab = Lab.start("options")) {
            Section other = report.section(
                    "endtoend-other",
                    "With other options of the JVM",
                    "The same: as packaging/kerbearer starts what packaging/package makes, whose heap has no limit but"
                            + " the JVM's own, and in 128 MB of heap.");
            Shipped shipped = Shipped.here();
            other.row("call", shipped.name());
            measure(other, lab, shipped.jar(), shipped.options(), warm, measured);
            other.row("call", "the same with -Xmx128m");
            measure(other, lab, shipped.jar(), shipped.optionsAnd(List.of("-Xmx128m")), warm, measured);
            other.row("call", "the fast-jar with -Xmx128m");
            measure(other, lab, Node.FAST_JAR, List.of("-Xmx128m"), warm, measured);
        }
    }

    private static int warm(Options options) {
        return options.quick() ? 20_000 : 100_000;
    }

    private static int measured(Options options) {
        return options.quick() ? 10_000 : 30_000;
    }

    /** Returns the JVM options in BENCH_JVM for the service, for example to attach a profiler. */
    static List<String> jvmOptions() {
        String more = System.getenv("BENCH_JVM");
        return more == null ? List.of() : Arrays.asList(more.split(" "));
    }

    private static void measure(Section section, Lab lab, Path jar, List<String> options, int warm, int measured) {
        try (Node node = Node.start(lab, jar, options)) {
            Calls calls = new Calls(lab, node, section, Map.of());
            List<String> access = new ArrayList<>();
            Queue<String> refresh = new ArrayDeque<>();
            calls.signIn(warm, measured, (status, answer) -> {
                // Keeps refresh tokens first, so that there is something to refresh even if other requests are refused.
                if (status == 200 && refresh.size() < measured) {
                    refresh.add(Wire.refreshToken(answer));
                } else if (status == 200 && access.size() < warm) {
                    access.add(Wire.accessToken(answer));
                }
            });
            Supplier<String> anyAccessToken =
                    () -> access.get(ThreadLocalRandom.current().nextInt(access.size()));
            calls.verify(warm, 2 * measured, anyAccessToken);
            calls.introspect(warm, 2 * measured, anyAccessToken);
            calls.refresh(warm, measured, new Refreshing(refresh));
            calls.revoke(access, measured);
            calls.report();
        }
    }
}
