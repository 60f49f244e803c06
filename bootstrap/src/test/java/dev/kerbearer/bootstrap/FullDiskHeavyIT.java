package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.ClientLoad.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The disk of the embedded database runs full, for its tables and for its journal, and then has room again. */
class FullDiskHeavyIT {

    private static final int MEBIBYTES = 400;

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
    void aFullDiskIsLoggedAndTheNodeRecoversOnceThereIsRoom() throws Exception {
        Path folder = practice.folder("small");
        try (SmallDisk disk = SmallDisk.mount(practice.folder("small/data"), MEBIBYTES)) {
            try (RunningKerbearer node = RunningKerbearer.start(folder, practice.configuration())) {
                Outcome tables = noRoomForTables(disk, node);
                node.awaitWords("No space left on device");
                disk.makeRoom();
                StorageAway.assertRecovers(practice, node);

                Outcome journal = noRoomForTheJournal(disk, node, folder.resolve("data"));
                node.awaitWords("The embedded PostgreSQL has ended unexpectedly", "the disk is full or almost full");
                disk.makeRoom();
                StorageAway.assertRecovers(practice, node);
                node.awaitWords("The embedded PostgreSQL is running again");

                try (EmbeddedTables books = EmbeddedTables.of(folder.resolve("data"))) {
                    Books.of(books).assertNothingIsHalfWritten();
                }
                Books.assertNoneIsLost(node.port(), tables.tokens());
                Books.assertNoneIsLost(node.port(), journal.tokens());
            }
        }
    }

    private static Outcome noRoomForTables(SmallDisk disk, RunningKerbearer node) throws Exception {
        ClientLoad load = ClientLoad.ofSignIns(practice, node.port(), 4);
        TimeUnit.SECONDS.sleep(1);
        disk.fill();
        load.awaitAnswers(20, 401);
        return assertAnswered("no room for tables", load.stop());
    }

    /** Without room for the journal, PostgreSQL ends and cannot start. */
    private static Outcome noRoomForTheJournal(SmallDisk disk, RunningKerbearer node, Path data) throws Exception {
        ClientLoad load = ClientLoad.ofSignIns(practice, node.port(), 4);
        TimeUnit.SECONDS.sleep(1);
        disk.fill();
        useUpTheJournal(data);
        load.awaitAnswers(20, 401);
        TimeUnit.SECONDS.sleep(5);
        return assertAnswered("no room for the journal", load.stop());
    }

    /** The journal has files in reserve. Each switch uses up the next one. */
    private static void useUpTheJournal(Path data) {
        try (EmbeddedTables tables = EmbeddedTables.of(data);
                Statement statement = tables.connection().createStatement()) {
            for (int i = 0; i < 100; i++) {
                statement.execute("select pg_switch_wal()");
                statement.execute("select pg_logical_emit_message(true, 'test', 'something to switch')");
            }
            throw new AssertionError("the journal has room without end");
        } catch (SQLException | IOException noMoreRoom) {
            System.out.printf("the journal is full: %s%n", noMoreRoom.getMessage());
        }
    }

    private static Outcome assertAnswered(String what, Outcome outcome) {
        System.out.printf("%s: %s%n", what, outcome);
        assertThat(outcome.unanswered()).isZero();
        assertThat(outcome.slowest()).isLessThan(StorageAway.LIMIT);
        assertThat(outcome.allBut(200)).isNotEmpty().allSatisfy(StorageAway::assertNotRecorded);
        return outcome;
    }
}
