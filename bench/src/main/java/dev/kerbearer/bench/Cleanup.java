package dev.kerbearer.bench;

import dev.kerbearer.bench.Report.Section;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongPredicate;

/** Measures whether clients notice the removal of old grants from a large table. */
final class Cleanup {

    private static final double VERIFIES = 3000;
    private static final double REFRESHES = 500;
    private static final int CONNECTIONS = 64;
    private static final int LOOK_MILLIS = 20;

    /** Batches with a shorter break between them count as one removal. */
    private static final long BREAK_NANOS = 100_000_000;

    private Cleanup() {}

    static void measure(Report report, Options options) throws Exception {
        double seconds = options.quick() ? 70 : 130;
        Section section = report.section(
                "cleanup",
                "Removal of old grants",
                "Requests at random moments, " + (int) VERIFIES + " verifies or " + (int) REFRESHES
                        + " refreshes a second, on the large table, a quarter of which is to be removed: the node does so"
                        + " every minute for as long as 50 thousand rows take. Times of requests that came while it did,"
                        + " and of all others.");
        try (Lab lab = TableSize.large(options)) {
            GrantTable table = TableSize.filled(lab, TableSize.rows(options));
            try (Node node = Node.start(lab, Node.FAST_JAR, EndToEnd.jvmOptions())) {
                warm(node, table);
                measure(section, lab, node, seconds, "verify", VERIFIES, () -> Wire.verify(table.anyAccessToken()));
                Refreshing refreshing = table.refreshing((int) (2 * seconds * REFRESHES));
                measure(section, lab, node, seconds, "refresh", REFRESHES, refreshing);
            }
        }
    }

    private static void warm(Node node, GrantTable table) throws SQLException {
        int count = 30_000;
        Load.closed(
                node.port(),
                EndToEnd.CONNECTIONS,
                Wire.many(count, () -> Wire.verify(table.anyAccessToken())),
                200,
                (status, answer) -> {});
        Refreshing refreshing = table.refreshing(count);
        Load.closed(node.port(), EndToEnd.CONNECTIONS, Wire.many(count, refreshing), 200, refreshing);
    }

    private static void measure(
            Section section, Lab lab, Node node, double seconds, String call, double rate, Load.Requests requests)
            throws InterruptedException {
        long before = grants(lab);
        Removals removals = new Removals(lab);
        removals.start();
        LoadResult result = Load.open(node.port(), CONNECTIONS, rate, 4, seconds, requests, 200);
        removals.interrupt();
        removals.join();
        if (result.other().count() > result.good().count() / 1000) {
            throw new IllegalStateException(call + ": " + result.statuses());
        }
        LongPredicate removing = removals.under();
        row(section, call, "removing", result.good().startedWhen(removing));
        row(section, call, "not", result.good().startedWhen(removing.negate()));
        section.row("call", "rows removed meanwhile", "requests", before - grants(lab));
    }

    private static long grants(Lab lab) {
        return Long.parseLong(lab.one("select count(*) from grants"));
    }

    private static void row(Section section, String call, String when, Times.Sorted times) {
        section.row(
                "call", call,
                "the node is", when,
                "requests", times.count(),
                "p50 ms", times.millis(0.5),
                "p99 ms", times.millis(0.99));
    }

    /** Polls whether the node is removing grants. */
    private static final class Removals extends Thread {

        private final Lab lab;
        private final ConcurrentLinkedQueue<Long> seen = new ConcurrentLinkedQueue<>();

        Removals(Lab lab) {
            super("removals");
            this.lab = lab;
        }

        @Override
        public void run() {
            try (Connection connection = lab.connect();
                    Statement statement = connection.createStatement()) {
                while (!isInterrupted()) {
                    look(statement);
                    Thread.sleep(LOOK_MILLIS);
                }
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void look(Statement statement) throws SQLException {
            try (ResultSet row = statement.executeQuery("select exists (select from pg_stat_activity"
                    + " where state = 'active' and query like 'delete from grants%')")) {
                row.next();
                if (row.getBoolean(1)) {
                    seen.add(System.nanoTime());
                }
            }
        }

        private List<long[]> spans() {
            List<long[]> spans = new ArrayList<>();
            for (long at : seen) {
                if (spans.isEmpty() || at - spans.get(spans.size() - 1)[1] > BREAK_NANOS) {
                    spans.add(new long[] {at, at});
                }
                spans.get(spans.size() - 1)[1] = at;
            }
            return spans;
        }

        /** Returns a predicate that tells whether the node was removing grants at a moment. */
        LongPredicate under() {
            List<long[]> spans = spans();
            return at -> spans.stream().anyMatch(span -> span[0] <= at && at <= span[1]);
        }
    }
}
