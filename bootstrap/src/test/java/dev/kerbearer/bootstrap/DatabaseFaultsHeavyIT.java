package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.ClientLoad.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The database fails under load in each possible way. Every answer must be quick and in the contract's words. */
class DatabaseFaultsHeavyIT {

    private static Practice practice;

    @BeforeAll
    static void start() {
        practice = Practice.start();
    }

    @AfterAll
    static void stop() {
        practice.close();
    }

    /** A fault, or its end. */
    @FunctionalInterface
    private interface Event {
        void happen() throws Exception;
    }

    @Test
    void aNodeRecoversFromADatabaseThatIsStoppedAndStarted() throws Exception {
        try (OperatorsPostgres database = OperatorsPostgres.start(practice.folder("stopped"));
                RunningKerbearer node = RunningKerbearer.start(
                        practice.folder("stopped-node"), database.configured(practice.configuration()))) {
            List<String> tokens = underLoad("stopped", node, database::stop, database::start);
            assertNothingIsLost(node, database, tokens);
        }
    }

    @Test
    void aNodeRecoversFromANetworkThatCutsConnections() throws Exception {
        try (OperatorsPostgres database = OperatorsPostgres.start(practice.folder("cut-off"));
                TcpProxy network = TcpProxy.to(database.port());
                RunningKerbearer node = behind(network, database, "cut-off-node")) {
            List<String> tokens = underLoad("cut off", node, network::reset, network::heal);
            assertNothingIsLost(node, database, tokens);
        }
    }

    @Test
    void aNodeRecoversFromANetworkThatDropsEverything() throws Exception {
        try (OperatorsPostgres database = OperatorsPostgres.start(practice.folder("swallowed"));
                TcpProxy network = TcpProxy.to(database.port());
                RunningKerbearer node = behind(network, database, "swallowed-node")) {
            List<String> tokens = underLoad("black hole", node, network::swallow, network::heal);
            assertNothingIsLost(node, database, tokens);
        }
    }

    /**
     * All connections of the pool are dead. A single caller must not have to discover that one connection at a time.
     */
    @Test
    void anIdleNodeRecoversFromANetworkThatDropsEverything() throws Exception {
        try (OperatorsPostgres database = OperatorsPostgres.start(practice.folder("idle"));
                TcpProxy network = TcpProxy.to(database.port());
                RunningKerbearer node = behind(network, database, "idle-node")) {
            Outcome filled = filledPool(node);
            TimeUnit.SECONDS.sleep(2);
            network.swallow();
            StorageAway.assertAnswered(practice, node, filled.tokens().get(0));
            network.heal();
            StorageAway.assertRecovers(practice, node);
        }
    }

    /** Here the network works again before the next call, but the connections of the pool are still dead. */
    @Test
    void anIdleNodeRecoversFromLostConnections() throws Exception {
        try (OperatorsPostgres database = OperatorsPostgres.start(practice.folder("lost"));
                TcpProxy network = TcpProxy.to(database.port());
                RunningKerbearer node = behind(network, database, "lost-node")) {
            filledPool(node);
            TimeUnit.SECONDS.sleep(2);
            network.reset();
            network.heal();
            assertThat(StorageAway.inTime(() -> practice.aliceAuthorizes(node.port()))
                            .status())
                    .as("the node has noticed nothing")
                    .isEqualTo(200);
        }
    }

    @Test
    void aKilledEmbeddedDatabaseRestartsByItself() throws Exception {
        Path folder = practice.folder("embedded");
        try (RunningKerbearer node = RunningKerbearer.start(folder, practice.configuration())) {
            String token = practice.aliceAuthorizes(node.port()).accessToken();
            ClientLoad signIns = ClientLoad.ofSignIns(practice, node.port(), 4);
            ClientLoad verifications = ClientLoad.ofVerifications(node.port(), token, 2);
            for (int i = 0; i < 3; i++) {
                TimeUnit.SECONDS.sleep(1);
                Postmaster.of(folder.resolve("data/postgresql")).kill();
                TimeUnit.MILLISECONDS.sleep(300);
                StorageAway.assertRecovers(practice, node);
            }
            Outcome signedIn = signIns.stop();
            assertAnswers("embedded, killed", signedIn, verifications.stop(), 0);
            node.awaitWords("The embedded PostgreSQL has ended unexpectedly", "is running again");
            try (EmbeddedTables tables = EmbeddedTables.of(folder.resolve("data"))) {
                Books.of(tables).assertNothingIsHalfWritten();
            }
            Books.assertNoneIsLost(node.port(), signedIn.tokens());
        }
    }

    private static RunningKerbearer behind(TcpProxy network, OperatorsPostgres database, String name) {
        return RunningKerbearer.start(
                practice.folder(name), database.configured(practice.configuration(), network.port()));
    }

    /** Fills the pool with as many connections as it can have. */
    private static Outcome filledPool(RunningKerbearer node) throws InterruptedException {
        ClientLoad load = ClientLoad.ofSignIns(practice, node.port(), 40);
        TimeUnit.SECONDS.sleep(3);
        return load.stop();
    }

    /** Returns the tokens that clients received before, during and after the fault. */
    private static List<String> underLoad(String what, RunningKerbearer node, Event fault, Event mended)
            throws Exception {
        String token = practice.aliceAuthorizes(node.port()).accessToken();
        // Together with this thread's own call, this is as much as the node processes at once. One more would be
        // refused as busy.
        ClientLoad signIns = ClientLoad.ofSignIns(practice, node.port(), 4);
        ClientLoad verifications = ClientLoad.ofVerifications(node.port(), token, 2);
        TimeUnit.SECONDS.sleep(2);
        fault.happen();
        for (int i = 0; i < 2; i++) {
            StorageAway.assertAnswered(practice, node, token);
        }
        mended.happen();
        StorageAway.assertRecovers(practice, node);
        TimeUnit.SECONDS.sleep(1);
        Outcome signedIn = signIns.stop();
        assertAnswers(what, signedIn, verifications.stop(), 1);
        List<String> tokens = new ArrayList<>(signedIn.tokens());
        tokens.add(token);
        return tokens;
    }

    /**
     * Checks what the clients got.
     *
     * @param failing minimum of failed verifications; one that waits for a connection until the database is back
     *     succeeds
     */
    private static void assertAnswers(String what, Outcome signIns, Outcome verifications, int failing) {
        System.out.printf("%s: sign-ins: %s%n%s: verifications: %s%n", what, signIns, what, verifications);
        assertThat(signIns.unanswered() + verifications.unanswered()).isZero();
        assertThat(signIns.slowest()).isLessThan(StorageAway.LIMIT);
        assertThat(verifications.slowest()).isLessThan(StorageAway.LIMIT);
        assertThat(signIns.allBut(200)).isNotEmpty().allSatisfy(StorageAway::assertNotRecorded);
        assertThat(verifications.allBut(200))
                .hasSizeGreaterThanOrEqualTo(failing)
                .allSatisfy(StorageAway::assertCannotAnswer);
        assertThat(signIns.byStatus().get(200)).isPositive();
    }

    private static void assertNothingIsLost(RunningKerbearer node, OperatorsPostgres database, List<String> tokens)
            throws Exception {
        try (EmbeddedTables tables = database.tables()) {
            Books books = Books.of(tables);
            System.out.println(books);
            books.assertNothingIsHalfWritten();
            assertThat(books.grants()).isGreaterThanOrEqualTo(tokens.size());
        }
        Books.assertNoneIsLost(node.port(), tokens);
    }
}
