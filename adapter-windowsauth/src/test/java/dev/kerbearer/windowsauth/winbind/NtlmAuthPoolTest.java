package dev.kerbearer.windowsauth.winbind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.ntlm.NtlmProof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses real processes that die, hang, stop and write nonsense. Most tests only wait, so they run in parallel. */
@Execution(ExecutionMode.CONCURRENT)
class NtlmAuthPoolTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration BRIEF = Duration.ofSeconds(4);
    private static final Domain OWN = new Domain(new Provider("AD+CORP"), "CORP", "corp.example");
    private static final String ONCE = "if [ -e \"$here/once\" ]; then yes; else echo x >\"$here/once\"; %s; fi";

    private final AtomicLong nanoTime = new AtomicLong();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<NtlmAuthPool> pools = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void theEnd() {
        pools.forEach(NtlmAuthPool::close);
        callers.shutdownNow();
    }

    @Test
    void aProcessIsStartedOnceAndReused() {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder);
        NtlmAuthPool pool = pool(program, 4, LONG);
        assertThat(program.started()).isEmpty();
        for (int time = 0; time < 20; time++) {
            assertRight(pool, "alice");
        }
        assertThat(program.started()).hasSize(1);
    }

    @Test
    void aRefusalWithTwoEndsIsNotTheAnswerToTheNextQuestion() {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of("mallory", NtlmAuthProgram.WRONG));
        NtlmAuthPool pool = pool(program, 1, LONG);
        for (int time = 0; time < 5; time++) {
            assertThat(ask(pool, "mallory")).isInstanceOf(WinbindAnswer.Wrong.class);
            assertRight(pool, "alice");
        }
        assertThat(program.started()).hasSize(1);
    }

    @Test
    void eachOfManyCallersGetsTheirOwnAnswerFromAFewProcesses() throws Exception {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of("mallory", NtlmAuthProgram.WRONG));
        NtlmAuthPool pool = pool(program, 3, LONG);
        List<Future<?>> all = new ArrayList<>();
        for (int caller = 0; caller < 60; caller++) {
            boolean wrong = caller % 3 == 0;
            all.add(callers.submit(() -> {
                for (int time = 0; time < 5; time++) {
                    if (wrong) {
                        assertThat(ask(pool, "mallory")).isInstanceOf(WinbindAnswer.Wrong.class);
                    } else {
                        assertRight(pool, "alice");
                    }
                }
            }));
        }
        for (Future<?> one : all) {
            one.get(1, TimeUnit.MINUTES);
        }
        assertThat(program.started()).hasSizeBetween(1, 3);
        assertThat(pool.size()).isEqualTo(program.started().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill -9 $$", "exit", "echo Nonsense", "yes; echo Authenticated: Maybe; kill -9 $$"})
    void aProcessThatFailsDuringAQuestionIsReplacedAndTheQuestionIsRetried(String fault) {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of("alice", ONCE.formatted(fault + "; exit")));
        NtlmAuthPool pool = pool(program, 1, LONG);
        assertRight(pool, "alice");
        assertRight(pool, "alice");
        assertThat(program.started()).hasSize(2);
    }

    @Test
    void anIdleProcessThatIsKilledIsReplaced() {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder);
        NtlmAuthPool pool = pool(program, 1, LONG);
        for (int time = 0; time < 3; time++) {
            assertRight(pool, "alice");
            ProcessHandle.of(program.started().get(time)).orElseThrow().destroyForcibly();
            program.awaitTheirEnd();
        }
        assertThat(program.started()).hasSize(3);
        assertThat(pool.size()).isOne();
    }

    /** An unexpected answer is discarded together with its process. */
    @Test
    void aProcessThatAnswersTwiceIsNotUsedAgain() {
        NtlmAuthProgram program =
                NtlmAuthProgram.in(folder, Map.of("mallory", NtlmAuthProgram.WRONG, "twice", "yes; yes"));
        NtlmAuthPool pool = pool(program, 1, LONG);
        assertRight(pool, "twice");
        assertThat(ask(pool, "mallory")).isInstanceOf(WinbindAnswer.Wrong.class);
        assertThat(program.started()).hasSize(2);
        assertThat(pool.size()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kill -9 $$",
                "echo Authenticated: Perhaps; echo .",
                "echo Error: No lanman-challenge supplied!; echo .",
                "while :; do echo Authenticated: Yes; done",
                "while :; do printf x; done",
                "cat /dev/zero",
                "echo Authenticated: Yes; echo User-Session-Key: 12; echo ."
            })
    void withoutAValidAnswerThePoolIsUnavailableAndKeepsNoProcess(String fault) {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of("alice", fault));
        NtlmAuthPool pool = pool(program, 1, LONG);
        assertUnavailable(pool, "alice");
        program.awaitTheirEnd();
        assertThat(pool.size()).isZero();
    }

    /** Otherwise every sign-in would start a program that ends at once. */
    @Test
    void aFailingProgramIsTriedOncePerSecond() {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of("alice", "exit"));
        NtlmAuthPool pool = pool(program, 4, LONG);
        assertUnavailable(pool, "alice");
        int tried = program.started().size();
        assertUnavailable(pool, "bob");
        assertThat(program.started()).hasSize(tried);
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        assertRight(pool, "bob");
        assertRight(pool, "bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep 600", "kill -STOP $$", "exec sleep 600"})
    void aHangingProcessIsEndedWithItsChildren(String fault) {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of("alice", fault));
        NtlmAuthPool pool = pool(program, 1, BRIEF);
        assertUnavailable(pool, "alice");
        program.awaitTheirEnd();
        assertThat(pool.size()).isZero();
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        assertRight(pool, "bob");
    }

    @Test
    void afterAHangTheIdleProcessesAreNotTriedOneByOne() throws Exception {
        String allAtOnce = "echo x >>\"$here/met\"; while [ $(wc -l <\"$here/met\") -lt 3 ]; do sleep 0.01; done; yes";
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of("many", allAtOnce));
        NtlmAuthPool pool = pool(program, 3, BRIEF);
        List<Future<?>> all = new ArrayList<>();
        for (int caller = 0; caller < 3; caller++) {
            all.add(callers.submit(() -> assertRight(pool, "many")));
        }
        for (Future<?> one : all) {
            one.get(1, TimeUnit.MINUTES);
        }
        assertThat(pool.size()).isEqualTo(3);
        for (long process : program.started()) {
            assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(process))
                            .start()
                            .waitFor())
                    .isZero();
        }
        assertUnavailable(pool, "alice");
        program.awaitTheirEnd();
        assertThat(pool.size()).isZero();
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        assertRight(pool, "alice");
    }

    @Test
    void oneLateAnswerIsNoOutageIfOthersAreAnswered() throws Exception {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of("slow", "echo x >\"$here/slow\"; sleep 600"));
        NtlmAuthPool pool = pool(program, 2, Duration.ofSeconds(6));
        Future<?> late = callers.submit(() -> assertUnavailable(pool, "slow"));
        program.await("slow");
        assertRight(pool, "alice");
        late.get(1, TimeUnit.MINUTES);
        assertRight(pool, "alice");
    }

    /** Otherwise the callers at its end would report an outage of processes that work all the time. */
    @Test
    void aLongQueueIsNoOutage() throws Exception {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of("slow", "sleep 0.8; yes"));
        NtlmAuthPool pool = new NtlmAuthPool(program.settings(1, Duration.ofSeconds(12)), System::nanoTime);
        pools.add(pool);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int caller = 0; caller < 20; caller++) {
            all.add(callers.submit(() -> isAnswered(pool, "slow")));
        }
        int answered = 0;
        for (Future<Boolean> one : all) {
            answered += one.get(1, TimeUnit.MINUTES) ? 1 : 0;
        }
        assertThat(answered)
                .as("the other callers are told that all processes are busy")
                .isBetween(1, 19);
        assertThat(pool.isAway()).isFalse();
        assertThat(program.started()).as("no process was given up").hasSize(1);
        assertRight(pool, "alice");
    }

    /** Any client can name such a domain, with any password. */
    @ParameterizedTest
    @CsvSource({"LAB,slow", "lab.example,slow", "'',slow@lab.example", "CORP,slow@lab.example"})
    void aForeignDomainThatDoesNotAnswerLeavesProcessesForTheOwnDomain(String domain, String user) throws Exception {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of(user, "echo x >>\"$here/slow\"; sleep 600"));
        NtlmAuthPool pool = pool(program, 4, LONG);
        List<Future<?>> waiting = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            PasswordCheck foreign = PasswordCheck.of(AnyProof.of(domain, user), OWN);
            waiting.add(callers.submit(
                    () -> assertThatThrownBy(() -> pool.ask(foreign)).isInstanceOf(Unavailable.class)));
        }
        program.await("slow");
        for (String own : List.of("CORP", "corp", "Corp.Example", "")) {
            assertThat(pool.ask(PasswordCheck.of(AnyProof.of(own, "alice"), OWN)))
                    .isInstanceOf(WinbindAnswer.Right.class);
            assertThat(pool.ask(PasswordCheck.of(AnyProof.of(own, "bob@corp.example"), OWN)))
                    .isInstanceOf(WinbindAnswer.Right.class);
        }
        assertThat(program.lines("slow")).as("half of all processes").hasSizeBetween(1, 2);
        pool.close();
        for (Future<?> one : waiting) {
            one.get(1, TimeUnit.MINUTES);
        }
    }

    /** Otherwise any client could block all others by naming such a domain again and again. */
    @Test
    void aForeignDomainThatDoesNotAnswerNeitherStartsNorProlongsAnOutage() {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of("slow", "sleep 600"));
        NtlmAuthPool pool = pool(program, 2, BRIEF);
        PasswordCheck foreign = PasswordCheck.of(AnyProof.of("LAB", "slow"), OWN);
        assertThatThrownBy(() -> pool.ask(foreign)).isInstanceOf(Unavailable.class);
        assertThat(pool.isAway()).isFalse();
        assertRight(pool, "alice");

        assertUnavailable(pool, "slow");
        assertThat(pool.isAway()).isTrue();
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThatThrownBy(() -> pool.ask(foreign)).as("this is the retry").isInstanceOf(Unavailable.class);
        assertRight(pool, "alice");
    }

    /** The question was already in progress when the outage was found. */
    @Test
    void aForeignDomainThatDoesNotAnswerDoesNotEndAnOutage() throws Exception {
        NtlmAuthProgram program = NtlmAuthProgram.in(
                folder,
                Map.of("slow", "echo x >\"$here/slow\"; sleep 600", "hangs", "echo x >\"$here/hangs\"; sleep 600"));
        NtlmAuthPool pool = pool(program, 2, Duration.ofSeconds(6));
        Future<?> own = callers.submit(() -> assertUnavailable(pool, "hangs"));
        program.await("hangs");
        PasswordCheck foreign = PasswordCheck.of(AnyProof.of("LAB", "slow"), OWN);
        Future<?> later =
                callers.submit(() -> assertThatThrownBy(() -> pool.ask(foreign)).isInstanceOf(Unavailable.class));
        program.await("slow");
        own.get(1, TimeUnit.MINUTES);
        later.get(1, TimeUnit.MINUTES);
        assertThat(pool.isAway()).isTrue();
    }

    @Test
    void aSingleProcessAlsoServesForeignDomains() {
        NtlmAuthPool pool = pool(NtlmAuthProgram.in(folder), 1, LONG);
        for (int time = 0; time < 3; time++) {
            assertThat(pool.ask(PasswordCheck.of(AnyProof.of("LAB", "alice"), OWN)))
                    .isInstanceOf(WinbindAnswer.Right.class);
        }
    }

    private static boolean isAnswered(NtlmAuthPool pool, String user) {
        try {
            return ask(pool, user) instanceof WinbindAnswer.Right;
        } catch (Unavailable busy) {
            assertThat(busy).rootCause().hasMessageContaining("every ntlm_auth is busy");
            return false;
        }
    }

    @Test
    void outputOnStandardErrorIsIgnored() {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of("alice", "head -c 300000 /dev/zero >&2; yes"));
        assertRight(pool(program, 1, LONG), "alice");
    }

    @Test
    void theEnvironmentOfTheServiceIsNotPassedOn() {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder);
        assertThat(System.getenv()).as("the service has further variables").hasSizeGreaterThan(4);
        assertRight(pool(program, 1, LONG), "alice");
        assertThat(program.lines("environment"))
                .extracting(line -> line.substring(0, line.indexOf('=')))
                // The shell adds some variables of its own.
                .isSubsetOf(Set.of("PATH", "LANG", "LC_ALL", "TZ", "PWD", "OLDPWD", "SHLVL", "_"));
    }

    /** A name cannot break out of its line. */
    @ParameterizedTest
    @ValueSource(strings = {"ali\nce", "x\n.\nUsername:: YWxpY2U=", "alice\r", "zoë", "a: b", ".", "Ω≈ç√∫"})
    void aNameIsSentOnOneLine(String name) {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder);
        assertRight(pool(program, 1, LONG), name);
        assertThat(program.lines("asked"))
                .hasSize(7)
                .filteredOn(line -> line.startsWith("Username:: "))
                .hasSize(1);
        assertThat(program.lines("asked")).filteredOn("."::equals).hasSize(1);
    }

    @Test
    void closingThePoolEndsAllProcessesAndWaitingCallersFail() throws Exception {
        NtlmAuthProgram program = NtlmAuthProgram.in(folder, Map.of("slow", "echo x >\"$here/slow\"; sleep 600"));
        NtlmAuthPool pool = pool(program, 2, LONG);
        Future<?> waiting = callers.submit(() -> assertUnavailable(pool, "slow"));
        program.await("slow");
        assertRight(pool, "alice");
        pool.close();
        waiting.get(30, TimeUnit.SECONDS);
        program.awaitTheirEnd();
        assertThat(program.started()).hasSize(2);
        assertThat(pool.size()).isZero();
        assertUnavailable(pool, "alice");
        program.awaitTheirEnd();
    }

    @Test
    void aMissingProgramIsUnavailable() {
        NtlmAuthPool pool = new NtlmAuthPool(new WinbindSettings(folder.resolve("none"), 1, LONG), nanoTime::get);
        pools.add(pool);
        assertUnavailable(pool, "alice");
    }

    private NtlmAuthPool pool(NtlmAuthProgram program, int processes, Duration timeout) {
        NtlmAuthPool pool = new NtlmAuthPool(program.settings(processes, timeout), nanoTime::get);
        pools.add(pool);
        return pool;
    }

    private static WinbindAnswer ask(NtlmAuthPool pool, String user) {
        return pool.ask(PasswordCheck.of(AnyProof.of("CORP", user), OWN));
    }

    private static void assertRight(NtlmAuthPool pool, String user) {
        NtlmProof proof = AnyProof.of("CORP", user);
        assertThat(pool.ask(PasswordCheck.of(proof, OWN)))
                .isInstanceOfSatisfying(
                        WinbindAnswer.Right.class,
                        right -> assertThat(right.sessionKey()).isEqualTo(Arrays.copyOf(proof.response(), 16)));
    }

    private static void assertUnavailable(NtlmAuthPool pool, String user) {
        assertThatThrownBy(() -> ask(pool, user))
                .isInstanceOfSatisfying(
                        Unavailable.class, away -> assertThat(away.what()).isEqualTo("directory"));
    }
}
