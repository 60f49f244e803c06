package dev.kerbearer.bench;

import dev.kerbearer.bench.Load.Result;
import dev.kerbearer.bench.Report.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The same load on a small and on a large table of grants. */
final class TableSize {

    /** The tokens of these grants are known, so that verify can be asked for any of them. */
    private static final String GRANTS = """
            insert into grants (id, identity_provider, identity_guid, client_id, scope, renewable,
                                issued_at, access_issued_at, access_expires_at, refresh_until,
                                access_digest, refresh_digest)
            select gen_random_uuid(), 'local', gen_random_uuid(), 'sample-client', 'certificate:discover,manage', true,
                   at, at, at + interval '90 days', at + interval '365 days',
                   sha256(convert_to('bench-' || lpad(i::text, 37, '0'), 'UTF8')),
                   sha256(convert_to('other-' || lpad(i::text, 37, '0'), 'UTF8'))
            from (select i, date_trunc('second', now() - i %% 86400 * interval '1 second') as at
                  from generate_series(%d, %d) as i) as series
            """;

    private static final int SMALL = 10_000;

    private TableSize() {}

    static void measure(Report report, Options options) throws Exception {
        int large = options.quick() ? 1_000_000 : 10_000_000;
        int warm = options.quick() ? 20_000 : 60_000;
        int measured = options.quick() ? 10_000 : 30_000;
        Section section = report.section(
                "size",
                "Size of the table",
                "The load of the end-to-end part on a table of grants that has this many rows before it; verify asks for"
                        + " tokens of all of them at random.");
        Map<String, Double> small = new LinkedHashMap<>();
        try (Lab lab = Lab.start("size")) {
            Node.start(lab, Node.FAST_JAR, List.of()).close();
            fill(lab, 1, SMALL);
            small.putAll(measured(section, lab, SMALL, warm, measured));
            fill(lab, SMALL + 1, large);
            Map<String, Double> big = measured(section, lab, large, warm, measured);
            Section ratios = report.section("size-ratios", "Size: p99 at the large table to p99 at the small one", "");
            big.forEach((call, p99) ->
                    ratios.row("call", call, "ratio", p99 / small.getOrDefault(call, Double.NaN), "aim", "<= 1.5"));
        }
    }

    private static void fill(Lab lab, int from, int to) {
        Progress.say("   filling up to " + to);
        int step = 500_000;
        for (int start = from; start <= to; start += step) {
            lab.run(String.format(GRANTS, start, Math.min(to, start + step - 1)));
        }
        lab.run("vacuum analyze grants", "checkpoint");
    }

    private static Map<String, Double> measured(Section section, Lab lab, int rows, int warm, int measured) {
        Map<String, Double> p99 = new LinkedHashMap<>();
        try (Node node = Node.start(lab, Node.FAST_JAR, EndToEnd.jvmOptions())) {
            Tickets tickets = lab.tickets();
            List<String> tokens = new ArrayList<>();
            Load.Answers keep = (status, answer) -> tokens.add(Wire.accessToken(answer));
            closed(node, tickets.signIns(warm), keep);
            List<byte[]> signIns =
                    Arrays.stream(tickets.stock(measured)).map(Wire::signIn).toList();
            p99.put("sign-in", row(section, rows, "sign-in", closed(node, Wire.each(signIns), keep)));
            closed(node, random(rows, warm), (status, answer) -> {});
            p99.put("verify", row(section, rows, "verify", closed(node, random(rows, 2 * measured), (s, a) -> {})));
            List<byte[]> revokes = tokens.stream().map(Wire::revoke).toList();
            closed(node, Wire.each(revokes.subList(0, warm)), (status, answer) -> {});
            Result rest = closed(node, Wire.each(revokes.subList(warm, revokes.size())), (status, answer) -> {});
            p99.put("revoke", row(section, rows, "revoke", rest));
        }
        return p99;
    }

    private static Result closed(Node node, Load.Requests requests, Load.Answers answers) {
        Result result = Load.closed(node.port(), EndToEnd.CONNECTIONS, requests, 200, answers);
        if (result.other().count() > 0) {
            throw new IllegalStateException(String.valueOf(result.statuses()));
        }
        return result;
    }

    private static double row(Section section, int rows, String call, Result result) {
        section.row(
                "rows", rows,
                "call", call,
                "requests/s", result.perSecond(),
                "p50 ms", result.good().millis(0.5),
                "p99 ms", result.good().millis(0.99));
        return result.good().millis(0.99);
    }

    private static Load.Requests random(int rows, int count) {
        return new Load.Requests() {
            private int given;

            @Override
            public byte[] next() {
                int row = 1 + ThreadLocalRandom.current().nextInt(rows);
                return given++ < count ? Wire.verify("bench-" + String.format("%037d", row)) : Load.NONE;
            }
        };
    }
}
