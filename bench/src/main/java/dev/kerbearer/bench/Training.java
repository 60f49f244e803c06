package dev.kerbearer.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Trains a packaged Kerbearer with real calls, so that the JVM writes a cache. Then starts it once with the cache to
 * check that the JVM accepts it.
 */
final class Training {

    private static final int SIGN_INS = 2_000;

    private Training() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Path jar = folder.resolve("quarkus-run.jar");
        Path cache = folder.resolve("kerbearer.aot");
        try (Lab lab = Lab.start("training")) {
            List<String> options = new ArrayList<>(StartTimes.startOptions(folder));
            options.add("-XX:AOTCacheOutput=" + cache);
            try (Node node = Node.start(lab, jar, options)) {
                answer(node, lab.tickets());
            }
            if (!Files.exists(cache)) {
                throw new IllegalStateException("the JVM wrote no cache");
            }
            Node.start(lab, jar, StartTimes.trainedOptions(folder)).close();
        }
    }

    private static void answer(Node node, Tickets tickets) {
        List<String> tokens = new ArrayList<>();
        Queue<String> refresh = new ArrayDeque<>();
        closed(node, tickets.signIns(SIGN_INS), (status, answer) -> {
            // Before code is compiled, a small machine cannot answer this many connections in time.
            if (status == 200) {
                tokens.add(Wire.accessToken(answer));
                refresh.add(Wire.refreshToken(answer));
            }
        });
        Refreshing refreshing = new Refreshing(refresh);
        closed(node, Wire.many(refresh.size(), refreshing), refreshing);
        closed(node, Wire.each(tokens.stream().map(Wire::introspect).toList()), (status, answer) -> {});
        closed(node, Wire.each(tokens.stream().map(Wire::verify).toList()), (status, answer) -> {});
        closed(node, Wire.each(tokens.stream().map(Wire::revoke).toList()), (status, answer) -> {});
        // Rejections too: a revoked token, and a request without a sign-in.
        closed(node, Wire.each(tokens.stream().limit(100).map(Wire::verify).toList()), (status, answer) -> {});
        closed(node, Wire.round(List.of(Wire.challenged()), 100), (status, answer) -> {});
    }

    private static void closed(Node node, Load.Requests requests, Load.Answers answers) {
        Load.closed(node.port(), EndToEnd.CONNECTIONS, requests, 200, answers);
    }
}
