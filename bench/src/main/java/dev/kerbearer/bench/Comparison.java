package dev.kerbearer.bench;

import dev.kerbearer.bench.Report.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Measures every call against this commit's application and another's, alternating within one run. Machines vary too
 * much to compare figures of two runs.
 */
final class Comparison {

    private static final int ROUNDS = 8;

    /** Sign-ins are first because the other calls use their tokens. */
    private static final List<String> CALLS = List.of("sign-in", "verify", "introspect", "refresh");

    private Comparison() {}

    static void measure(Report report, Options options) throws Exception {
        Path other = options.against()
                .orElseThrow(() -> new IllegalArgumentException("name the other commit's quarkus-run.jar: --against"));
        if (!Files.exists(other)) {
            throw new IllegalArgumentException(other + " is not there: build that commit first");
        }
        Section section = report.section(
                "comparison",
                "Compared with another commit",
                EndToEnd.CONNECTIONS + " connections. Each side has a node and a PostgreSQL of its own. After a warm-up"
                        + " the sides are measured in turns, " + ROUNDS + " rounds of each call.");
        try (Lab beforeLab = Lab.start("comparison-before");
                Lab afterLab = Lab.start("comparison-after");
                Side before = Side.start(beforeLab, other, section, "before", options);
                Side after = Side.start(afterLab, Node.FAST_JAR, section, "after", options)) {
            for (String call : CALLS) {
                List.of(before, after).forEach(side -> side.warmUp(call));
                for (int round = 0; round < ROUNDS; round++) {
                    List<Side> turns = round % 2 == 0 ? List.of(before, after) : List.of(after, before);
                    turns.forEach(side -> side.measure(call));
                }
            }
            before.calls.report();
            after.calls.report();
            Section ratios = report.section("comparison-ratios", "After to before", "Below 1 is better than before.");
            for (String call : CALLS) {
                ratios.row(
                        "call", call,
                        "service CPU", after.calls.millis(call, "service") / before.calls.millis(call, "service"),
                        "database CPU", after.calls.millis(call, "database") / before.calls.millis(call, "database"),
                        "both", after.cpu(call) / before.cpu(call),
                        "p50", after.calls.time(call, 0.5) / before.calls.time(call, 0.5),
                        "p99", after.calls.time(call, 0.99) / before.calls.time(call, 0.99));
            }
        }
    }

    /** A commit's application and the tokens that it has issued. */
    private static final class Side implements AutoCloseable {

        private final Node node;
        private final Calls calls;
        private final List<String> access = new ArrayList<>();
        private final Queue<String> refresh = new ArrayDeque<>();
        private final Refreshing refreshing = new Refreshing(refresh);
        private final int warm;
        private final int measured;

        private Side(Node node, Calls calls, Options options) {
            this.node = node;
            this.calls = calls;
            this.warm = options.quick() ? 20_000 : 60_000;
            this.measured = options.quick() ? 5_000 : 10_000;
        }

        static Side start(Lab lab, Path jar, Section section, String name, Options options) {
            Node node = Node.start(lab, jar, EndToEnd.jvmOptions());
            return new Side(node, new Calls(lab, node, section, Map.of("side", name)), options);
        }

        void warmUp(String call) {
            calls.warmUp(call, () -> send(call, warm));
        }

        void measure(String call) {
            send(call, measured);
        }

        double cpu(String call) {
            return calls.millis(call, "service") + calls.millis(call, "database");
        }

        private void send(String call, int count) {
            switch (call) {
                case "sign-in" -> calls.signIn(0, count, this::keep);
                case "verify" -> calls.verify(0, 2 * count, this::anyAccessToken);
                case "introspect" -> calls.introspect(0, 2 * count, this::anyAccessToken);
                default -> calls.refresh(0, count, refreshing);
            }
        }

        private void keep(int status, String answer) {
            if (status == 200 && refresh.size() < measured) {
                refresh.add(Wire.refreshToken(answer));
            } else if (status == 200) {
                access.add(Wire.accessToken(answer));
            }
        }

        private String anyAccessToken() {
            return access.get(ThreadLocalRandom.current().nextInt(access.size()));
        }

        @Override
        public void close() {
            node.close();
        }
    }
}
