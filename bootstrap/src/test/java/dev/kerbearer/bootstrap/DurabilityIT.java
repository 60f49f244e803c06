package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.persistence.PreparedData;
import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What survives restarts, a second node, and a database that goes away and comes back. */
class DurabilityIT {

    private static Practice practice;

    @BeforeAll
    static void start() {
        practice = Practice.start();
    }

    @AfterAll
    static void stop() {
        practice.close();
    }

    @Test
    void afterARestartTokensAreValidAndUsedTicketsAreRefused() {
        Path folder = practice.folder("restart");
        byte[] ticket = practice.user("alice").token("HTTP/localhost");
        String token;
        try (RunningKerbearer before = RunningKerbearer.start(folder, practice.configuration())) {
            token = Practice.authorize(before.port(), ticket, Practice.REQUEST).accessToken();
        }
        try (RunningKerbearer after = RunningKerbearer.start(folder, practice.configuration())) {
            assertThat(Practice.verify(after.port(), token).status()).isEqualTo(200);
            assertReplayed(Practice.authorize(after.port(), ticket, Practice.REQUEST));
        }
    }

    @Test
    void aKilledNodeLosesNothingAndLeavesNothingThatBlocksTheNextStart() {
        Path folder = practice.folder("killed");
        byte[] ticket = practice.user("alice").token("HTTP/localhost");
        RunningKerbearer killed = RunningKerbearer.start(folder, practice.configuration());
        String token =
                Practice.authorize(killed.port(), ticket, Practice.REQUEST).accessToken();
        killed.kill();
        try (RunningKerbearer after = RunningKerbearer.start(folder, practice.configuration())) {
            assertThat(Practice.verify(after.port(), token).status()).isEqualTo(200);
            assertReplayed(Practice.authorize(after.port(), ticket, Practice.REQUEST));
        }
    }

    @Test
    void twoNodesOnOneDatabaseAcceptAnApReqOnce() throws Exception {
        try (EmbeddedDatabase database = PreparedData.start(practice.folder("shared"));
                RunningKerbearer one =
                        RunningKerbearer.start(practice.folder("one"), practice.configuration(database));
                RunningKerbearer two =
                        RunningKerbearer.start(practice.folder("two"), practice.configuration(database))) {
            byte[] ticket = practice.user("alice").token("HTTP/localhost");
            String token =
                    Practice.authorize(one.port(), ticket, Practice.REQUEST).accessToken();
            assertReplayed(Practice.authorize(two.port(), ticket, Practice.REQUEST));
            byte[] refused = practice.user("bob").token("HTTP/localhost");
            assertThat(Practice.authorize(two.port(), refused, Practice.REQUEST).status())
                    .isEqualTo(400);
            assertReplayed(Practice.authorize(one.port(), refused, Practice.REQUEST));
            assertThat(Practice.verify(two.port(), token).status()).isEqualTo(200);
            assertThat(Practice.revoke(two.port(), token).status()).isEqualTo(200);
            assertThat(Practice.verify(one.port(), token).status()).isEqualTo(401);
        }
    }

    @Test
    void callsAreAnsweredWhileTheDatabaseIsAwayAndItsReturnIsEnough() throws Exception {
        try (OperatorsPostgres database = OperatorsPostgres.start(practice.folder("comes-and-goes"));
                RunningKerbearer kerbearer = RunningKerbearer.start(
                        practice.folder("node"), database.configured(practice.configuration()))) {
            String token = practice.aliceAuthorizes(kerbearer.port()).accessToken();
            ClientLoad load = ClientLoad.ofSignIns(practice, kerbearer.port(), 4);
            TimeUnit.SECONDS.sleep(1);
            database.stop();
            StorageAway.assertAnswered(practice, kerbearer, token);
            database.start();
            StorageAway.assertRecovers(practice, kerbearer);
            ClientLoad.Outcome outcome = load.stop();
            assertThat(outcome.unanswered()).isZero();
            assertThat(outcome.allBut(200)).allSatisfy(StorageAway::assertNotRecorded);
            Books.assertNoneIsLost(kerbearer.port(), outcome.tokens());
            assertThat(Practice.verify(kerbearer.port(), token).status()).isEqualTo(200);
            try (EmbeddedTables tables = database.tables()) {
                Books.of(tables).assertNothingIsHalfWritten();
            }
        }
    }

    private static void assertReplayed(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.description()).contains("replayed");
    }
}
