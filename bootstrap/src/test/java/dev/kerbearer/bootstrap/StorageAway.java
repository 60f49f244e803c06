package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the contract promises while the database is away, and when it returns. */
final class StorageAway {

    /** Time limit for an answer, and for recovery. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private StorageAway() {}

    /** Checks that every call is answered in time and in the contract's words, and that readiness is down. */
    static void assertAnswered(Practice practice, RunningKerbearer node, String token) {
        int port = node.port();
        assertNotRecorded(inTime(() -> practice.aliceAuthorizes(port)));
        assertCannotAnswer(inTime(() -> Practice.verify(port, token)));
        assertCannotAnswer(inTime(() -> Practice.revoke(port, token)));
        assertThat(ready(node)).isEqualTo(503);
    }

    /** Checks the answer of a sign-in. */
    static void assertNotRecorded(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo("server_error");
        assertThat(answer.description()).isEqualTo("Failed to issue grant: storage unavailable");
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.headers("WWW-Authenticate")).containsExactly("Negotiate");
    }

    /** Checks the answer of any other call. */
    static void assertCannotAnswer(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.error()).isEqualTo("server_error");
        assertThat(answer.header("Retry-After")).isPresent();
    }

    /** Returns the answer, which must arrive within the limit. */
    static Answer inTime(Supplier<Answer> call) {
        Instant start = Instant.now();
        Answer answer = call.get();
        assertThat(Duration.between(start, Instant.now())).isLessThan(LIMIT);
        return answer;
    }

    /** Waits until sign-ins work and readiness is up. Fails if that takes too long. */
    static void assertRecovers(Practice practice, RunningKerbearer node) {
        Instant start = Instant.now();
        while (practice.aliceAuthorizes(node.port()).status() != 200 || ready(node) != 200) {
            assertThat(Duration.between(start, Instant.now())).as("recovery").isLessThan(LIMIT);
            pause();
        }
        Duration took = Duration.between(start, Instant.now());
        System.out.printf("%s recovered in %d ms%n", node, took.toMillis());
        assertThat(took).as("recovery").isLessThan(LIMIT);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int ready(RunningKerbearer node) {
        return RawHttp.get(node.managementPort(), "/q/health/ready").send().status();
    }
}
