package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes on one database get each ticket at the same moment. */
class TwoNodesHeavyIT {

    private static final int TICKETS = 500;

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
    void onlyOneOfTwoUsesOnTwoNodesIsAccepted() throws Exception {
        try (OperatorsPostgres database = OperatorsPostgres.start(practice.folder("database"));
                RunningKerbearer one =
                        RunningKerbearer.start(practice.folder("one"), database.configured(practice.configuration()));
                RunningKerbearer two =
                        RunningKerbearer.start(practice.folder("two"), database.configured(practice.configuration()))) {
            List<String> tokens = new ArrayList<>();
            int wonByOne = 0;
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<Race>> races = new ArrayList<>();
                for (int i = 0; i < TICKETS; i++) {
                    races.add(threads.submit(race(one, two)));
                }
                for (Future<Race> future : races) {
                    Race race = future.get(2, TimeUnit.MINUTES);
                    tokens.add(race.token());
                    wonByOne += race.one().status() == 200 ? 1 : 0;
                }
            } finally {
                threads.shutdownNow();
            }
            try (EmbeddedTables tables = database.tables()) {
                Books books = Books.of(tables);
                System.out.printf(
                        "%d tickets, each at two nodes at once: %d won by the first; %s%n", TICKETS, wonByOne, books);
                books.assertNothingIsHalfWritten();
                assertThat(books.grants()).isEqualTo(TICKETS);
            }
            assertThat(wonByOne).as("a race").isBetween(1, TICKETS - 1);
            Books.assertNoneIsLost(one.port(), tokens);
            Books.assertNoneIsLost(two.port(), tokens);
        }
    }

    private record Race(Answer one, Answer two) {

        String token() {
            List<Answer> won = List.of(one, two).stream()
                    .filter(answer -> answer.status() == 200)
                    .toList();
            List<Answer> lost = List.of(one, two).stream()
                    .filter(answer -> answer.status() != 200)
                    .toList();
            assertThat(won).as(this.toString()).hasSize(1);
            assertThat(lost.get(0).status()).isEqualTo(401);
            assertThat(lost.get(0).description()).contains("replayed");
            return won.get(0).accessToken();
        }
    }

    private static Callable<Race> race(RunningKerbearer one, RunningKerbearer two) {
        return () -> {
            byte[] ticket = practice.forged().inSpnego();
            Answer[] atTwo = new Answer[1];
            Thread other = new Thread(() -> atTwo[0] = Practice.authorize(two.port(), ticket, Practice.REQUEST));
            other.start();
            Answer atOne = Practice.authorize(one.port(), ticket, Practice.REQUEST);
            other.join();
            return new Race(atOne, atTwo[0]);
        };
    }
}
