package dev.kerbearer.bench;

import dev.kerbearer.bench.Report.Section;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same load on a small and on a large table of grants. */
final class TableSize {

    /** Nothing is removed meanwhile. */
    static final String KEEP_ALL = "-Dkerbearer.retention=36500d";

    private static final int SMALL = 10_000;

    private TableSize() {}

    static void measure(Report report, Options options) throws Exception {
        Section section = report.section(
                "size",
                "Size of the table",
                EndToEnd.CONNECTIONS + " connections as above, on a table that has this many grants before it, made by"
                        + " COPY: of 10 thousand users, every fourth over for more than a year. Verify and introspect ask"
                        + " for any of those that live; refresh takes them at random, each once where there are enough. 30 thousand"
                        + " calls of each kind warm up.");
        Map<String, Double> small;
        try (Lab lab = Lab.start("size-small")) {
            small = measured(section, filled(lab, SMALL), lab, options);
        }
        try (Lab lab = large(options)) {
            Map<String, Double> large = measured(section, filled(lab, rows(options)), lab, options);
            Section ratios = report.section("size-ratios", "Size: p99 at the large table to p99 at the small one", "");
            large.forEach((call, p99) ->
                    ratios.row("call", call, "ratio", p99 / small.getOrDefault(call, Double.NaN), "aim", "<= 1.5"));
        }
    }

    static int rows(Options options) {
        return options.quick() ? 1_000_000 : 10_000_000;
    }

    /** The large table stays in bench/work for the next run, since it takes minutes to make. */
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

    private static Map<String, Double> measured(Section section, GrantTable table, Lab lab, Options options) {
        int warm = options.quick() ? 20_000 : 30_000;
        int measured = options.quick() ? 10_000 : 30_000;
        List<String> jvm = new ArrayList<>(EndToEnd.jvmOptions());
        jvm.add(KEEP_ALL);
        try (Node node = Node.start(lab, Node.FAST_JAR, jvm)) {
            Calls calls = new Calls(lab, node, section, Map.of("rows", table.rows()));
            calls.verifyAndIntrospect(warm, 2 * measured, table::anyAccessToken);
            calls.refresh(warm, measured, table.refreshing(warm + measured));
            List<String> access = new ArrayList<>();
            calls.signIn(warm, measured, (status, answer) -> {
                if (status == 200) {
                    access.add(Wire.accessToken(answer));
                }
            });
            calls.revoke(access, measured);
            return new LinkedHashMap<>(calls.p99());
        }
    }
}
