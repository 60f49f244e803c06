package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.ClientLoad.Outcome;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node that has just started gets a burst of calls, or its domain hangs. Each test has a node of its own, because a
 * queue keeps in mind what it has been through: the calls since the start, and an overload.
 */
class BusyNodeIT {

    private static final int AT_ONCE = 4 * Runtime.getRuntime().availableProcessors();
    private static final int CLIENTS = 16;
    private static final String WRONG_PASSWORD = "401 Authentication failed: the user name or password is not right";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Practice practice;
    private HangingDomain domain;
    private RunningKerbearer kerbearer;
    private int port;

    @BeforeEach
    void start() throws Exception {
        practice = Practice.start();
        domain = HangingDomain.start(practice.folder("domain"));
        Map<String, String> configuration = practice.configuration();
        domain.join(configuration);
        // At a more detailed level, the node would be busy with logging.
        configuration.put("quarkus.log.level", "INFO");
        kerbearer = RunningKerbearer.start(practice.folder("node"), configuration);
        port = kerbearer.port();
    }

    @AfterEach
    void stop() throws IOException {
        domain.close();
        kerbearer.close();
        threads.shutdownNow();
        practice.close();
    }

    @Test
    void everyQueueMeterExistsFromTheStart() {
        for (String kind : List.of("sign-in", "password-sign-in", "check", "change")) {
            assertThat(meter("length", kind)).isZero();
            assertThat(meter("refused_total", kind)).isZero();
            assertThat(meter("waits_seconds_count", kind)).isZero();
        }
    }

    @Test
    void fiveHundredCallsAtOnceAndClientsThatCallInALoopAreAllAnswered() throws Exception {
        List<RawHttp> signIns = IntStream.range(0, 500)
                .mapToObj(i -> RawHttp.post(port, Practice.AUTHORIZE)
                        .header(
                                "Authorization",
                                Practice.negotiate(practice.forged().raw()))
                        .json(Practice.REQUEST))
                .toList();
        ClientLoad looping = ClientLoad.ofSignIns(practice, port, CLIENTS);
        try (ManyCalls burst = ManyCalls.send(port, signIns)) {
            assertThat(burst.answers())
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.toString()).isEqualTo(200));
        }
        // More than a burst; by now the node is warm.
        looping.awaitAnswers(2_000, 200);
        Outcome outcome = looping.stop();
        assertThat(outcome.byStatus()).as(outcome.toString()).containsOnlyKeys(200);
        assertThat(outcome.unanswered()).isZero();
        assertThat(meter("waits_seconds_count", "sign-in")).isPositive();
    }

    @Test
    void hangingPasswordChecksDoNotBlockOtherCalls() throws Exception {
        domain.hold();
        List<CompletableFuture<String>> hanging = hang(2 * AT_ONCE, i -> "127.0.7." + (1 + i % 100));
        awaitWaitingCalls("password-sign-in");
        assertThatOtherCallsAreAnswered();
        assertThat(practice.aliceAuthorizes(port).status()).isEqualTo(200);
        assertThat(hanging).noneMatch(CompletableFuture::isDone);
        domain.release();
        assertThat(hanging)
                .allSatisfy(
                        answer -> assertThat(answer.get(60, TimeUnit.SECONDS)).startsWith(WRONG_PASSWORD));
    }

    @Test
    void hangingPasswordChecksOfOneAddressDoNotBlockAnotherAddress() throws Exception {
        domain.hold();
        List<CompletableFuture<String>> hanging = hang(AT_ONCE, i -> "127.0.7.101");
        awaitWaitingCalls("password-sign-in");
        try (BegunHandshake another = BegunHandshake.from("127.0.7.102", port, HangingDomain.otherUser())) {
            assertThat(another.completed()).startsWith(WRONG_PASSWORD);
        }
        assertThat(hanging).noneMatch(CompletableFuture::isDone);
        domain.release();
        assertThat(hanging)
                .allSatisfy(
                        answer -> assertThat(answer.get(60, TimeUnit.SECONDS)).startsWith(WRONG_PASSWORD));
    }

    @Test
    void aHangingDirectoryDoesNotBlockCallsOnTokens() throws Exception {
        String token = practice.aliceAuthorizes(port).accessToken();
        domain.hold();
        List<RawHttp> signIns = IntStream.range(0, AT_ONCE + 2)
                .mapToObj(i -> RawHttp.post(port, Practice.AUTHORIZE)
                        .header("Authorization", Practice.negotiate(domain.ticket(5000 + i)))
                        .json(Practice.REQUEST))
                .toList();
        try (ManyCalls hanging = ManyCalls.send(port, signIns)) {
            awaitWaitingCalls("sign-in");
            assertThat(Practice.verify(port, token).status()).isEqualTo(200);
            assertThat(Practice.revoke(port, token).status()).isEqualTo(200);
            domain.release();
            assertThat(hanging.answers())
                    .filteredOn(answer -> answer.description().equals("Unhandled identity claim type"))
                    .hasSizeGreaterThanOrEqualTo(AT_ONCE);
        }
    }

    /** Sends NTLM sign-ins that wait only for the domain's answer. */
    private List<CompletableFuture<String>> hang(int number, IntFunction<String> address) throws IOException {
        List<CompletableFuture<String>> hanging = new ArrayList<>();
        List<BegunHandshake> begun = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            NtlmClient client = HangingDomain.hangingUser(i);
            begun.add(BegunHandshake.from(address.apply(i), port, client));
        }
        begun.forEach(handshake -> hanging.add(CompletableFuture.supplyAsync(() -> completed(handshake), threads)));
        return hanging;
    }

    private static String completed(BegunHandshake handshake) {
        try (handshake) {
            return handshake.completed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertThatOtherCallsAreAnswered() {
        Answer signedIn = practice.aliceAuthorizes(port);
        assertThat(signedIn.status()).as(signedIn.toString()).isEqualTo(200);
        assertThat(Practice.verify(port, signedIn.accessToken()).status()).isEqualTo(200);
        Answer refreshed = RawHttp.post(port, Practice.TOKEN)
                .json("{\"client_id\":\"sample-client\",\"refresh_token\":\""
                        + signedIn.json().path("refresh_token").asText() + "\"}")
                .send();
        assertThat(refreshed.status()).as(refreshed.toString()).isEqualTo(200);
        assertThat(Practice.revoke(port, refreshed.accessToken()).status()).isEqualTo(200);
    }

    private void awaitWaitingCalls(String kind) throws InterruptedException {
        for (int turn = 0; turn < 500 && meter("length", kind) == 0; turn++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(meter("length", kind)).as("waiting calls").isPositive();
    }

    private double meter(String name, String kind) {
        String all =
                RawHttp.get(kerbearer.managementPort(), "/q/metrics").send().body();
        Pattern value = Pattern.compile("(?m)^kerbearer_queue_" + name + "\\{kind=\"" + kind + "\"\\} (\\S+)$");
        return value.matcher(all)
                .results()
                .map(found -> Double.valueOf(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no meter " + name + " of " + kind + ": " + all));
    }
}
