package dev.kerbearer.bench;

import dev.kerbearer.bench.Report.Section;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures the same load on a small and on a large table of grants. */
final class TableSize {

    /** Keeps the node from removing anything during the run. */
    static final String KEEP_ALL = "-Dkerbearer.retention=36500d";

    private static final int SMALL = 10_000;
    private static final int ROUNDS = 3;

    /** Calls that change nothing are first, because refreshes replace all tokens of the small table. */
    private static final List<String> CALLS = List.of("verify", "introspect", "refresh", "sign-in", "revoke");

    private TableSize() {}

    static void measure(Report report, Options options) throws Exception {
        Section section = report.section(
                "size",
                "Size of the table",
                EndToEnd.CONNECTIONS + " connections as above, on a table that has this many grants before it, made by"
                        + " COPY: of 10 thousand users, every fourth over for more than a year. Verify and introspect ask"
                        + " for any of those that live and are not refreshed; refresh takes a fourth at random, each once where there are enough."
                        + " A node on each table; after 100 thousand calls of verify and introspect and 30 thousand of each"
                        + " other kind, which warm up, the two are measured in turns, " + ROUNDS + " rounds.");
        try (Lab smallLab = Lab.start("size-small");
                Lab largeLab = large(options);
                Side small = Side.start(smallLab, filled(smallLab, SMALL), section, options);
                Side large = Side.start(largeLab, filled(largeLab, rows(options)), section, options)) {
            for (String call : CALLS) {
                for (int round = 0; round < ROUNDS; round++) {
                    List<Side> turns = round % 2 == 0 ? List.of(small, large) : List.of(large, small);
                    int warm = round == 0 ? 1 : 0;
                    turns.forEach(side -> side.measure(call, warm));
                }
            }
            small.calls.report();
            large.calls.report();
            Section ratios = report.section("size-ratios", "Size: p99 at the large table to p99 at the small one", "");
            for (String call : CALLS) {
                ratios.row("call", call, "ratio", large.calls.p99(call) / small.calls.p99(call), "aim", "<= 1.5");
            }
        }
    }

    static int rows(Options options) {
        return options.quick() ? 1_000_000 : 10_000_000;
    }

    /**
     * Returns the lab of the large table. It stays in bench/work for the next run, because filling it takes minutes.
     */
    static Lab large(Options options) {
        return Lab.kept("size-" + rows(options));
    }

    static GrantTable filled(Lab lab, int rows) throws SQLException, IOException {
        Node.start(lab, Node.FAST_JAR, List.of(KEEP_ALL)).close();
        GrantTable table = new GrantTable(lab, rows);
        if (!table.isFilled()) {
            table.fill();
        }
        return table;
    }

    /** A table and a node on it. */
    private static final class Side implements AutoCloseable {

        private final GrantTable table;
        private final Node node;
        private final Calls calls;
        private final Refreshing refreshing;
        private final List<String> access = new ArrayList<>();
        private final int warm;
        private final int warmReads;
        private final int measured;

        private Side(GrantTable table, Node node, Calls calls, Options options) throws SQLException {
            this.table = table;
            this.node = node;
            this.calls = calls;
            this.warm = options.quick() ? 20_000 : 30_000;
            this.warmReads = options.quick() ? 20_000 : 100_000;
            this.measured = options.quick() ? 5_000 : 20_000;
            this.refreshing = table.refreshing(warm + ROUNDS * measured);
        }

        static Side start(Lab lab, GrantTable table, Section section, Options options) throws SQLException {
            List<String> jvm = new ArrayList<>(EndToEnd.jvmOptions());
            jvm.add(KEEP_ALL);
            Node node = Node.start(lab, Node.FAST_JAR, jvm);
            return new Side(table, node, new Calls(lab, node, section, Map.of("rows", table.rows())), options);
        }

        /**
         * Measures a call.
         *
         * @param times how often it is warmed up before
         */
        void measure(String call, int times) {
            switch (call) {
                case "verify" -> calls.verify(times * warmReads, 2 * measured, table::anyAccessToken);
                case "introspect" -> calls.introspect(times * warmReads, 2 * measured, table::anyAccessToken);
                case "refresh" -> calls.refresh(times * warm, measured, refreshing);
                case "sign-in" ->
                    calls.signIn(times * warm, measured, (status, answer) -> {
                        if (status == 200) {
                            access.add(Wire.accessToken(answer));
                        }
                    });
                default -> calls.revoke(nextOfSignIns(times * warm + measured), measured);
            }
        }

        /** Returns access tokens of earlier sign-ins and removes them, because each can be revoked only once. */
        private List<String> nextOfSignIns(int count) {
            List<String> next = access.subList(0, Math.min(count, access.size()));
            List<String> taken = List.copyOf(next);
            next.clear();
            return taken;
        }

        @Override
        public void close() {
            node.close();
        }
    }
}
