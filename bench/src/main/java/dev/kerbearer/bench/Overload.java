package dev.kerbearer.bench;

import dev.kerbearer.bench.Report.Section;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Measures a node at 80 % of its capacity, at twice its capacity, with slow clients, and over minutes. */
final class Overload {

    private static final int CONNECTIONS = 512;
    private static final int SLOW_CLIENTS = 400;

    /** The share of refusals up to which a load counts as carried. */
    private static final double REFUSED = 0.001;

    /** In milliseconds. A growing queue shows in p99 long before a call is refused. */
    private static final double CARRIED_P99 = 100;

    private static final int ROUNDS = 5;

    /**
     * In seconds: each load counts from its third second. In the first two, the node treats it as a burst and makes it
     * wait.
     */
    private static final double LEFT_OUT = 2;

    private Overload() {}

    static void measure(Report report, Options options) throws Exception {
        double seconds = options.quick() ? 8 : 20;
        try (Lab lab = Lab.start("overload");
                Node node = Node.start(lab, Node.FAST_JAR, EndToEnd.jvmOptions())) {
            Tickets tickets = lab.tickets();
            closed(node, tickets.signIns(options.quick() ? 40_000 : 100_000));
            Section section = report.section(
                    "overload",
                    "Overload",
                    "Sign-ins that come at random moments whatever the answers do, over up to " + CONNECTIONS
                            + " connections; times count from the moment a request was due; each load counts"
                            + " from its third second on, since the node takes what comes first for a burst and has it"
                            + " wait. What the node can carry is the most of such a load, down from"
                            + " what " + EndToEnd.CONNECTIONS + " connections get from it in steps of 5 %, of which it"
                            + " refuses no more than one in a thousand, with a p99 of less than " + CARRIED_P99
                            + " ms. PostgreSQL has just written its"
                            + " checkpoints, as one that has run for long has most of the time.");
            double closed = 0;
            for (int i = 0; i < 2; i++) {
                byte[][] stock = tickets.stock(options.quick() ? 10_000 : 30_000);
                closed = closed(node, signIns(stock)).perSecond();
            }
            section.row("load", EndToEnd.CONNECTIONS + " connections, each after its answer", "answered/s", closed);
            lab.likeOneThatHasRunForLong();
            double carried = carried(section, node, tickets, closed, seconds / 2);
            int rounds = options.quick() ? 1 : ROUNDS;
            List<Double> median = new ArrayList<>();
            List<Double> atTwice = new ArrayList<>();
            List<Double> twiceToHalf = new ArrayList<>();
            List<Double> atMost = new ArrayList<>();
            List<Double> amongSlow = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                LoadResult most = offered(section, node, tickets, "80 %", 0.8 * carried, seconds);
                LoadResult twice = offered(section, node, tickets, "twice", 2 * carried, seconds);
                List<Socket> slow = slowClients(node, tickets);
                LoadResult among = offered(section, node, tickets, "80 %, among slow clients", 0.8 * carried, seconds);
                for (Socket socket : slow) {
                    socket.close();
                }
                median.add(most.good().millis(0.5));
                atTwice.add(twice.good().millis(0.99));
                twiceToHalf.add(twice.good().millis(0.99) / most.good().millis(0.5));
                atMost.add(most.good().millis(0.99) / most.good().millis(0.5));
                amongSlow.add(among.good().millis(0.99) / most.good().millis(0.99));
            }
            Section result = report.section(
                    "overload-ratios",
                    "Overload: what it comes to",
                    "Of each of the rounds. " + SLOW_CLIENTS
                            + " slow clients each sent their sign-in and half of its body, and kept it at that.");
            ratio(result, "p50 at 80 %, ms", median, "");
            ratio(result, "p99 of what is answered at twice the load, ms", atTwice, "");
            ratio(result, "p99 of what is answered at twice the load, to p50 at 80 %", twiceToHalf, "< 5");
            ratio(result, "p99 at 80 %, to p50 there", atMost, "< 5");
            ratio(result, "p99 among slow clients, to p99 without them", amongSlow, "about 1");
        }
    }

    private static void ratio(Section section, String figure, List<Double> rounds, String aim) {
        Spread spread = Spread.of(rounds);
        section.row(
                "figure", figure,
                "median", spread.median(),
                "least", spread.least(),
                "most", spread.most(),
                "aim", aim);
    }

    /**
     * Measures whether a node's memory grows under long load, at 80 % of its capacity and then at twice its capacity.
     */
    static void memory(Report report, Options options) throws Exception {
        int minutes = options.quick() ? 1 : 10;
        Shipped shipped = Shipped.here();
        try (Lab lab = Lab.start("memory");
                Node node = Node.start(lab, shipped.jar(), shipped.optionsAnd(EndToEnd.jvmOptions()))) {
            Tickets tickets = lab.tickets();
            closed(node, tickets.signIns(options.quick() ? 20_000 : 60_000));
            double most = closed(node, signIns(tickets.stock(20_000))).perSecond();
            lab.likeOneThatHasRunForLong();
            Section section = report.section(
                    "memory",
                    "Memory over " + minutes + " minutes",
                    "Sign-ins that come at random moments, the whole time, of a node that is started as"
                            + " packaging/kerbearer does: at 80 % of what it carries, then at twice of it; a figure a"
                            + " minute.");
            double carried = carried(report.section("memory-load", "Memory: the load", ""), node, tickets, most, 10);
            memory(section, node, tickets, "80 %", 0.8 * carried, minutes);
            memory(section, node, tickets, "twice", 2 * carried, minutes);
        }
    }

    private static double carried(Section section, Node node, Tickets tickets, double most, double seconds) {
        for (double share = 1; share > 0.5; share -= 0.05) {
            LoadResult result = offered(section, node, tickets, "what can be carried?", share * most, seconds);
            if (result.other().count() <= result.count() * REFUSED
                    && result.good().millis(0.99) < CARRIED_P99) {
                return share * most;
            }
        }
        throw new IllegalStateException("it carries not half of " + most + " a second");
    }

    private static Load.Requests signIns(byte[][] stock) {
        return Wire.each(Arrays.stream(stock).map(Wire::signIn).toList());
    }

    private static LoadResult closed(Node node, Load.Requests requests) {
        return Load.closed(node.port(), EndToEnd.CONNECTIONS, requests, 200, (status, answer) -> {});
    }

    private static LoadResult offered(
            Section section, Node node, Tickets tickets, String name, double perSecond, double seconds) {
        byte[][] stock = tickets.stock((int) (perSecond * (LEFT_OUT + seconds) * 1.05) + 100);
        LoadResult result = Load.open(node.port(), CONNECTIONS, perSecond, LEFT_OUT, seconds, signIns(stock), 200);
        requireAnswered(name, result);
        section.row(
                "load", name,
                "offered/s", perSecond,
                "answered/s", result.perSecond(),
                "p50 ms", result.good().millis(0.5),
                "p99 ms", result.good().millis(0.99),
                "refused with 503", result.statuses().getOrDefault(Load.REFUSED, 0L),
                "p50 ms of a refusal", result.other().millis(0.5),
                "p99 ms of a refusal", result.other().millis(0.99),
                "broken", result.broken(),
                "p99 ms until sent", result.lag().millis(0.99),
                "resident MB", node.cpu().residentMegabytes(false));
        return result;
    }

    /** Checks that every sign-in was answered or refused with 503. */
    private static void requireAnswered(String load, LoadResult result) {
        if (result.broken() > 0
                || !Set.of(200, Load.REFUSED).containsAll(result.statuses().keySet())) {
            throw new IllegalStateException(load + ": " + result.statuses() + ", " + result.broken() + " broken");
        }
    }

    private static List<Socket> slowClients(Node node, Tickets tickets) throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < SLOW_CLIENTS; i++) {
            byte[] request = Wire.signIn(tickets.one());
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port());
            socket.getOutputStream().write(request, 0, request.length - 20);
            slow.add(socket);
        }
        return slow;
    }

    private static void memory(
            Section section, Node node, Tickets tickets, String load, double perSecond, int minutes) {
        for (int minute = 1; minute <= minutes; minute++) {
            double seconds = 0;
            long answered = 0;
            long refused = 0;
            // In pieces, so that the bench itself keeps few tickets in memory.
            for (int piece = 0; piece < 6; piece++) {
                Load.Requests requests = signIns(tickets.stock((int) (perSecond * 10 * 1.05) + 100));
                LoadResult result = Load.open(node.port(), CONNECTIONS, perSecond, 0, 10, requests, 200);
                requireAnswered(load, result);
                seconds += result.seconds();
                answered += result.good().count();
                refused += result.other().count();
            }
            section.row(
                    "load", load,
                    "minute", minute,
                    "resident MB", node.cpu().residentMegabytes(false),
                    "answered", answered,
                    "refused with 503", refused,
                    "seconds under load", seconds);
        }
    }
}
