package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Somebody guesses passwords with NTLM at two nodes behind a proxy, which forwards the client's address. The tests set
 * that address themselves.
 */
class GuessingIT {

    private static final String AT_HOME = "192.0.2.1";
    private static final String WRONG = "Wrong horse battery";

    private static Practice practice;
    private static OperatorsPostgres database;
    private static RunningKerbearer one;
    private static RunningKerbearer two;

    @BeforeAll
    static void start() {
        practice = Practice.start();
        database = OperatorsPostgres.start(practice.folder("database"));
        one = node("one");
        two = node("two");
    }

    private static RunningKerbearer node(String name) {
        Map<String, String> configuration = database.configured(practice.configuration());
        configuration.put("kerbearer.ntlm.enabled", "true");
        configuration.put("kerbearer.ntlm.pinned-connections", "true");
        configuration.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        configuration.put("quarkus.http.proxy.allow-x-forwarded", "true");
        configuration.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        return RunningKerbearer.start(practice.folder(name), configuration);
    }

    @AfterAll
    static void stop() throws Exception {
        one.close();
        two.close();
        database.close();
        practice.close();
    }

    @Test
    void aGuessedNameIsLockedExceptAtAddressesWhereItSignedInBefore() throws Exception {
        assertThat(signIn(one, AT_HOME, "alice", Practice.PASSWORD).status()).isEqualTo(200);
        Answer wrong = failUpTo("alice", 10);
        Answer waits = assertLocked(signIn(one, "198.51.100.20", "alice", WRONG));
        Answer rightWaits = assertLocked(signIn(two, "198.51.100.21", "ALICE", Practice.PASSWORD));
        Answer unknown = failUpTo("mallory", 10);
        Answer unknownWaits = assertLocked(signIn(two, "198.51.100.22", "mallory", WRONG));
        assertThat(wrong.body()).isEqualTo(unknown.body());
        assertThat(List.of(waits.body(), rightWaits.body(), unknownWaits.body()))
                .containsOnly(waits.body());

        assertThat(signIn(two, AT_HOME, "alice", Practice.PASSWORD).status())
                .as("from an address where alice signed in before")
                .isEqualTo(200);
        assertThat(practice.aliceAuthorizes(one.port()).status())
                .as("with a ticket")
                .isEqualTo(200);

        TimeUnit.SECONDS.sleep(Long.parseLong(rightWaits.header("Retry-After").orElseThrow()));
        assertThat(signIn(one, "198.51.100.21", "alice", Practice.PASSWORD).status())
                .as("after the wait")
                .isEqualTo(200);
    }

    /** Sends wrong passwords up to the limit of ten, from several addresses and to both nodes. */
    private static Answer failUpTo(String name, int times) throws IOException {
        Answer last = signIn(one, "198.51.100.1", name, WRONG);
        for (int i = 2; i <= times; i++) {
            last = signIn(i % 2 == 0 ? two : one, "198.51.100." + i, name, WRONG);
            assertThat(last.status()).as("%s, guess %d", name, i).isEqualTo(401);
            assertThat(last.headers("WWW-Authenticate")).containsExactly("Negotiate", "NTLM");
        }
        return last;
    }

    @Test
    void anAddressThatTriesManyNamesIsLockedWithItsWholeNetwork() throws Exception {
        for (int i = 0; i < 100; i++) {
            Answer answer = signIn(i % 2 == 0 ? two : one, "2001:db8:1:2::" + i, "somebody" + i, WRONG);
            assertThat(answer.status()).as("guess %d", i).isEqualTo(401);
        }
        assertLocked(signIn(one, "2001:db8:1:2:3::1", "another", WRONG));
        assertThat(signIn(one, "2001:db8:1:3::1", "another", WRONG).status()).isEqualTo(401);
    }

    /** Guesses that are in progress when the limit is reached do not get their result either. */
    @Test
    void simultaneousGuessesGetOnlyAFewResults() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            CyclicBarrier together = new CyclicBarrier(16);
            List<Callable<Answer>> guesses = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                RunningKerbearer node = i % 2 == 0 ? one : two;
                String address = "203.0.113." + i;
                guesses.add(() -> {
                    together.await(30, TimeUnit.SECONDS);
                    return signIn(node, address, "somebody", WRONG);
                });
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> guess : threads.invokeAll(guesses)) {
                answers.add(guess.get());
            }
            assertThat(answers).extracting(Answer::status).contains(429).isSubsetOf(401, 429, 503);
            assertThat(answers.stream()
                            .filter(answer -> answer.description().endsWith("is not right"))
                            .count())
                    .as("results, one more for each wait that ends meanwhile")
                    .isBetween(10L, 13L);
        } finally {
            threads.shutdown();
        }
    }

    /** Otherwise an attacker could guess without limit while the database is away. */
    @Test
    void noGuessGetsAResultWhileFailuresCannotBeCounted() throws Exception {
        database.stop();
        try {
            Answer right = signIn(one, AT_HOME, "alice", Practice.PASSWORD);
            assertThat(right.status()).as(right.toString()).isEqualTo(401);
            assertThat(right.description()).isEqualTo("Failed to issue grant: storage unavailable");
            assertThat(right.header("Retry-After")).isPresent();
            assertThat(signIn(one, AT_HOME, "alice", WRONG).body()).isEqualTo(right.body());
            assertThat(signIn(one, AT_HOME, "mallory", WRONG).body()).isEqualTo(right.body());
        } finally {
            database.start();
            StorageAway.assertRecovers(practice, one);
            StorageAway.assertRecovers(practice, two);
        }
        assertThat(signIn(one, AT_HOME, "alice", Practice.PASSWORD).status()).isEqualTo(200);
    }

    private static Answer assertLocked(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(429);
        assertThat(answer.error()).isEqualTo("access_denied");
        assertThat(answer.description()).isEqualTo("Too many sign-ins have failed: wait, and try again");
        assertThat(answer.phrase()).isEqualTo(answer.description());
        assertThat(answer.headers("WWW-Authenticate")).isEmpty();
        assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
        assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(1, 5);
        return answer;
    }

    private static Answer signIn(RunningKerbearer node, String address, String user, String password)
            throws IOException {
        NtlmClient client = NtlmClient.of("WORKGROUP", user, password);
        try (KeptConnection connection = KeptConnection.to(node.port())) {
            Answer challenged = ask(connection, node, address, client.negotiate());
            assertThat(challenged.status()).isEqualTo(401);
            String challenge =
                    challenged.header("WWW-Authenticate").orElseThrow().substring("NTLM ".length());
            return ask(
                    connection,
                    node,
                    address,
                    client.authenticate(Base64.getDecoder().decode(challenge)));
        }
    }

    private static Answer ask(KeptConnection connection, RunningKerbearer node, String address, byte[] message) {
        RawHttp request = RawHttp.post(node.port(), Practice.AUTHORIZE)
                .header("Authorization", "NTLM " + Base64.getEncoder().encodeToString(message))
                .header("X-Forwarded-For", address)
                .json(Practice.REQUEST);
        return connection.ask(request).orElseThrow();
    }
}
