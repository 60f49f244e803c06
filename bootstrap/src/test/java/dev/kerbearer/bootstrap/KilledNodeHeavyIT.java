package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.ClientLoad.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SIGKILL under sign-in load, repeated: everything that a client received is valid, and nothing is half written. */
class KilledNodeHeavyIT {

    private static final int ROUNDS = 8;
    private static final int CLIENTS = 6;

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
    void nothingIsLostWithAnExternalDatabase() throws Exception {
        try (OperatorsPostgres database = OperatorsPostgres.start(practice.folder("database"))) {
            Path folder = practice.folder("killed");
            List<String> tokens = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                tokens.addAll(killedUnderLoad(round, folder, database.configured(practice.configuration())));
            }
            try (RunningKerbearer after =
                            RunningKerbearer.start(folder, database.configured(practice.configuration()));
                    EmbeddedTables tables = database.tables()) {
                assertBalance(after, tables, tokens);
            }
        }
    }

    @Test
    void nothingIsLostWithTheEmbeddedDatabase() throws Exception {
        Path folder = practice.folder("killed-embedded");
        List<String> tokens = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            tokens.addAll(killedUnderLoad(round, folder, practice.configuration()));
        }
        try (RunningKerbearer after = RunningKerbearer.start(folder, practice.configuration());
                EmbeddedTables tables = EmbeddedTables.of(folder.resolve("data"))) {
            assertBalance(after, tables, tokens);
        }
    }

    private static List<String> killedUnderLoad(int round, Path folder, Map<String, String> configuration)
            throws InterruptedException {
        RunningKerbearer killed = RunningKerbearer.start(folder, configuration);
        ClientLoad load = ClientLoad.ofSignIns(practice, killed.port(), CLIENTS);
        load.awaitAnswers(1, 200);
        TimeUnit.MILLISECONDS.sleep(1000 + 150L * round);
        killed.kill();
        Outcome outcome = load.stop();
        System.out.printf("round %d: %s%n", round, outcome);
        assertThat(outcome.tokens()).isNotEmpty();
        assertThat(outcome.allBut(200)).isEmpty();
        return outcome.tokens();
    }

    private static void assertBalance(RunningKerbearer after, EmbeddedTables tables, List<String> tokens)
            throws Exception {
        Books books = Books.of(tables);
        System.out.printf("after %d kills: %s%n", ROUNDS, books);
        books.assertNothingIsHalfWritten();
        assertThat(books.grants())
                .as("grants without an answer, at most one per client (killed between commit and answer)")
                .isBetween((long) tokens.size(), (long) tokens.size() + ROUNDS * CLIENTS);
        Books.assertNoneIsLost(after.port(), tokens);
    }
}
