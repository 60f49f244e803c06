package dev.kerbearer.bootstrap;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Clients that repeat one call without a pause until they are stopped. */
final class ClientLoad {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private volatile boolean goOn = true;

    private ClientLoad() {}

    /** Starts that many clients that sign in, each time with a fresh ticket. */
    static ClientLoad ofSignIns(Practice practice, int port, int clients) {
        ClientLoad load = new ClientLoad();
        load.add(clients, () -> Practice.authorize(port, practice.forged().inSpnego(), Practice.REQUEST));
        return load;
    }

    /** Starts that many clients that verify the token. */
    static ClientLoad ofVerifications(int port, String token, int clients) {
        ClientLoad load = new ClientLoad();
        load.add(clients, () -> Practice.verify(port, token));
        return load;
    }

    private void add(int clients, Supplier<Answer> call) {
        for (int i = 0; i < clients; i++) {
            threads.execute(() -> {
                while (goOn) {
                    ask(call);
                }
            });
        }
    }

    private void ask(Supplier<Answer> call) {
        long start = System.nanoTime();
        try {
            answers.add(call.get());
            slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        } catch (UncheckedIOException | AssertionError cutOff) {
            unanswered.incrementAndGet();
            pause();
        }
    }

    /** A refused connection returns at once; without a pause, the retries would take up this machine. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the number of answers with that status so far. */
    long answered(int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    /** Waits for that number of answers with that status. */
    void awaitAnswers(int count, int status) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (answered(status) < count) {
            assertThat(Instant.now()).as("%s answers of %s", count, status).isBefore(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Lets each client finish its last call, and returns the outcome. */
    Outcome stop() {
        goOn = false;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(40, TimeUnit.SECONDS)) {
                throw new AssertionError("a client waits without end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return new Outcome(new ArrayList<>(answers), unanswered.get(), Duration.ofNanos(slowestNanos.get()));
    }

    /**
     * The answers that the clients got.
     *
     * @param unanswered how many requests were cut off
     * @param slowest how long the slowest answer took
     */
    record Outcome(List<Answer> answers, int unanswered, Duration slowest) {

        /** Returns the tokens that the clients hold now. */
        List<String> tokens() {
            return answers.stream()
                    .filter(answer -> answer.status() == 200)
                    .map(Outcome::token)
                    .filter(token -> !token.isEmpty())
                    .toList();
        }

        /** If an answer was cut off, its client has no token. */
        private static String token(Answer answer) {
            return answer.body().endsWith("}") ? answer.accessToken() : "";
        }

        Map<Integer, Long> byStatus() {
            return answers.stream().collect(groupingBy(Answer::status, TreeMap::new, counting()));
        }

        List<Answer> allBut(int... statuses) {
            return answers.stream()
                    .filter(answer -> Arrays.stream(statuses).noneMatch(status -> status == answer.status()))
                    .toList();
        }

        @Override
        public String toString() {
            return "answers by status " + byStatus() + ", unanswered " + unanswered + ", slowest " + slowest.toMillis()
                    + " ms";
        }
    }
}
