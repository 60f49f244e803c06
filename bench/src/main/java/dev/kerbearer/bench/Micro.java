package dev.kerbearer.bench;

import dev.kerbearer.bench.Report.Section;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures the small steps of every call with JMH. */
final class Micro {

    private Micro() {}

    static void measure(Report report, Options options) throws RunnerException {
        Section section = report.section(
                "micro", "Microbenchmarks (JMH)", "Microseconds an operation, and bytes allocated by one; one thread.");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("dev\\.kerbearer\\..*Benchmark\\..*")
                        .forks(options.quick() ? 1 : 2)
                        .warmupIterations(options.quick() ? 2 : 5)
                        .measurementIterations(options.quick() ? 2 : 5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementTime(TimeValue.seconds(1))
                        .timeUnit(TimeUnit.MICROSECONDS)
                        .addProfiler("gc")
                        // The heap is allocated at the start, and no collector thread runs beside the measured one.
                        .jvmArgs("-XX:+UseSerialGC", "-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch")
                        .build())
                .run();
        for (RunResult result : results) {
            String[] name = result.getParams().getBenchmark().split("\\.");
            section.row(
                    "operation", name[name.length - 2] + "." + name[name.length - 1],
                    "us/op", result.getPrimaryResult().getScore(),
                    "error", result.getPrimaryResult().getScoreError(),
                    "bytes/op", bytes(result));
        }
    }

    private static double bytes(RunResult result) {
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return allocated == null ? Double.NaN : allocated.getScore();
    }
}
