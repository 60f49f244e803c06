package dev.kerbearer.bench;

import dev.kerbearer.bench.Load.Result;
import dev.kerbearer.bench.Report.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The calls of one node, each warmed up and then measured, a row of the report each. */
final class Calls {

    private static final double MOST_REFUSED = 0.01;

    private final Lab lab;
    private final Node node;
    private final Section section;
    private final Map<String, Object> beginning;
    private final Map<String, Double> p99 = new LinkedHashMap<>();

    /** @param beginning of each row, before the call's name */
    Calls(Lab lab, Node node, Section section, Map<String, Object> beginning) {
        this.lab = lab;
        this.node = node;
        this.section = section;
        this.beginning = beginning;
    }

    /** Of each call so far, in milliseconds. */
    Map<String, Double> p99() {
        return p99;
    }

    /** Sign-ins with a fresh ticket each; those that are measured are made before. */
    void signIn(int warm, int measured, Load.Answers answers) {
        Tickets tickets = lab.tickets();
        closed(tickets.signIns(warm), answers);
        List<byte[]> stock =
                Arrays.stream(tickets.stock(measured)).map(Wire::signIn).toList();
        counted("sign-in", () -> closed(Wire.each(stock), answers));
    }

    /** Access tokens of any grants. */
    void verifyAndIntrospect(int warm, int measured, Supplier<String> accessTokens) {
        call("verify", warm, measured, () -> Wire.verify(accessTokens.get()), (status, answer) -> {});
        call("introspect", warm, measured, () -> Wire.introspect(accessTokens.get()), (status, answer) -> {});
    }

    void refresh(int warm, int measured, Refreshing grants) {
        call("refresh", warm, measured, grants, grants);
    }

    /** Each grant is good for one. */
    void revoke(List<String> accessTokens, int measured) {
        Load.Requests requests =
                Wire.each(accessTokens.stream().map(Wire::revoke).toList());
        call("revoke", accessTokens.size() - measured, measured, requests, (status, answer) -> {});
    }

    private void call(String name, int warm, int measured, Load.Requests requests, Load.Answers answers) {
        closed(Wire.many(warm, requests), answers);
        counted(name, () -> closed(Wire.many(measured, requests), answers));
    }

    private Result closed(Load.Requests requests, Load.Answers answers) {
        return Load.closed(node.port(), EndToEnd.CONNECTIONS, requests, 200, answers);
    }

    private void counted(String call, Supplier<Result> load) {
        ProcessCpu service = node.cpu();
        ProcessCpu database = lab.databaseCpu();
        double serviceBefore = service.millis();
        double databaseBefore = database.millis();
        Result result = load.get();
        double count = result.good().count() + (double) result.other().count();
        // As many connections as this are close to what a small machine lets in.
        if (result.other().count() > count * MOST_REFUSED || result.broken() > 0) {
            throw new IllegalStateException(call + ": " + result.statuses() + ", " + result.broken() + " broken");
        }
        List<Object> row = new ArrayList<>();
        beginning.forEach((name, value) -> row.addAll(List.of(name, value)));
        row.addAll(List.of(
                "call", call,
                "service CPU ms", (service.millis() - serviceBefore) / count,
                "database CPU ms", (database.millis() - databaseBefore) / count,
                "requests/s", result.perSecond(),
                "p50 ms", result.good().millis(0.5),
                "p99 ms", result.good().millis(0.99),
                "requests", result.good().count(),
                "refused", result.other().count(),
                "resident MB", service.residentMegabytes(false)));
        section.row(row.toArray());
        p99.put(call, result.good().millis(0.99));
    }
}
