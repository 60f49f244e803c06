package dev.kerbearer.bench;

import dev.kerbearer.bench.Report.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Warms up and measures the calls of one node, in one or several rounds. Each call becomes a row of the report. */
final class Calls {

    private final Lab lab;
    private final Node node;
    private final Section section;
    private final Map<String, Object> beginning;
    private final Map<String, Supplier<ProcessCpu>> processes = new LinkedHashMap<>();
    private final Map<String, Measured> measured = new LinkedHashMap<>();

    /**
     * The share of refused requests that is accepted. The number of connections is close to what a small machine
     * admits.
     */
    private double mostRefused = 0.01;

    /** The result of a call over all its rounds, with the processor time of each process in milliseconds. */
    private record Measured(Map<String, Double> millis, LoadResult result, double resident, double mostResident) {

        Measured and(Measured next) {
            Map<String, Double> both = new LinkedHashMap<>(millis);
            next.millis.forEach((process, more) -> both.merge(process, more, Double::sum));
            return new Measured(both, result.and(next.result), next.resident, next.mostResident);
        }
    }

    /**
     * Creates the calls of a node.
     *
     * @param beginning the columns of each row before the call's name
     */
    Calls(Lab lab, Node node, Section section, Map<String, Object> beginning) {
        this.lab = lab;
        this.node = node;
        this.section = section;
        this.beginning = beginning;
        processes.put("service", node::cpu);
        processes.put("database", lab::databaseCpu);
    }

    /** Adds a process whose processor time is also counted. */
    Calls beside(String process, Supplier<ProcessCpu> cpu) {
        processes.put(process, cpu);
        return this;
    }

    /** Accepts any number of refusals, because a cold node refuses a load that it can handle once warm. */
    Calls warmingUp() {
        mostRefused = 1;
        return this;
    }

    /** Returns the p99 time of a call, in milliseconds. */
    double p99(String call) {
        return time(call, 0.99);
    }

    /** Returns the time, in milliseconds, within which this share of the call's answers came. */
    double time(String call, double share) {
        return all(call).result().good().millis(share);
    }

    /** Returns the processor time of a process per request, in milliseconds. */
    double millis(String call, String process) {
        return Objects.requireNonNull(all(call).millis().get(process))
                / all(call).result().count();
    }

    private Measured all(String call) {
        return Objects.requireNonNull(measured.get(call));
    }

    /** Warms up a call that has not been measured yet. Refusals are accepted, and nothing is counted. */
    void warmUp(String call, Runnable requests) {
        double most = mostRefused;
        mostRefused = 1;
        requests.run();
        mostRefused = most;
        measured.remove(call);
    }

    /** Writes a row for each measured call, in the order of measurement. */
    void report() {
        measured.forEach(this::row);
    }

    /** Measures sign-ins, each with a fresh ticket. The tickets of the measured ones are made in advance. */
    void signIn(int warm, int measured, Load.Answers answers) {
        signIn("sign-in", lab.tickets(), warm, measured, answers);
    }

    void signIn(String name, Tickets tickets, int warm, int measured, Load.Answers answers) {
        closed(tickets.signIns(warm), answers);
        List<byte[]> stock =
                Arrays.stream(tickets.stock(measured)).map(Wire::signIn).toList();
        counted(name, () -> closed(Wire.each(stock), answers));
    }

    /** Measures calls of several requests; each starts with the same request. */
    void dialogue(String name, int connections, int count, byte[] first, Load.Dialogue dialogue) {
        Load.Requests requests = Wire.round(List.of(first), count);
        counted(name, () -> Load.closed(node.port(), connections, requests, 200, (status, answer) -> {}, dialogue));
    }

    /**
     * Measures verify calls.
     *
     * @param accessTokens access tokens of any grants
     */
    void verify(int warm, int measured, Supplier<String> accessTokens) {
        call("verify", warm, measured, () -> Wire.verify(accessTokens.get()), (status, answer) -> {});
    }

    /**
     * Measures introspections.
     *
     * @param accessTokens access tokens of any grants
     */
    void introspect(int warm, int measured, Supplier<String> accessTokens) {
        call("introspect", warm, measured, () -> Wire.introspect(accessTokens.get()), (status, answer) -> {});
    }

    void refresh(int warm, int measured, Refreshing grants) {
        call("refresh", warm, measured, grants, grants);
    }

    /** Measures revocations; each access token is used once. */
    void revoke(List<String> accessTokens, int measured) {
        Load.Requests requests =
                Wire.each(accessTokens.stream().map(Wire::revoke).toList());
        call("revoke", accessTokens.size() - measured, measured, requests, (status, answer) -> {});
    }

    private void call(String name, int warm, int measured, Load.Requests requests, Load.Answers answers) {
        closed(Wire.many(warm, requests), answers);
        counted(name, () -> closed(Wire.many(measured, requests), answers));
    }

    private LoadResult closed(Load.Requests requests, Load.Answers answers) {
        return Load.closed(node.port(), EndToEnd.CONNECTIONS, requests, 200, answers);
    }

    private void counted(String call, Supplier<LoadResult> load) {
        Map<String, Double> millis = new LinkedHashMap<>();
        processes.forEach((process, cpu) -> millis.put(process, -cpu.get().millis()));
        LoadResult result = load.get();
        processes.forEach((process, cpu) -> millis.merge(process, cpu.get().millis(), Double::sum));
        if (result.other().count() > result.count() * mostRefused || result.broken() > 0) {
            throw new IllegalStateException(call + ": " + result.statuses() + ", " + result.broken() + " broken");
        }
        Measured round = new Measured(
                millis, result, node.cpu().residentMegabytes(false), node.cpu().residentMegabytes(true));
        measured.merge(call, round, Measured::and);
        Progress.say("   " + beginning + " " + call + ": p99 " + result.good().millis(0.99) + " ms");
    }

    private void row(String call, Measured all) {
        LoadResult result = all.result();
        List<Object> row = new ArrayList<>();
        beginning.forEach((name, value) -> row.addAll(List.of(name, value)));
        row.addAll(List.of("call", call));
        all.millis().forEach((process, millis) -> row.addAll(List.of(process + " CPU ms", millis / result.count())));
        row.addAll(List.of(
                "requests/s", result.perSecond(),
                "p50 ms", result.good().millis(0.5),
                "p99 ms", result.good().millis(0.99),
                "requests", result.good().count(),
                "refused", result.other().count(),
                "resident MB", all.resident(),
                "most so far MB", all.mostResident()));
        section.row(row.toArray());
    }
}
