package dev.kerbearer.windowsauth.winbind;

import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.outage.Outage;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool of {@code ntlm_auth} processes, started on demand and reused. Any process can answer any question. A process
 * that has ended, gives an unexpected answer or is late is ended and never reused, so that no caller receives another
 * caller's answer.
 */
final class NtlmAuthPool implements AutoCloseable {

    private static final String PROTOCOL = "ntlm-server-1";

    /**
     * If a process is killed from outside during a question, a new process is asked. A killed process seems alive for a
     * moment.
     */
    private static final int ATTEMPTS = 3;

    private final WinbindSettings settings;
    private final LongSupplier nanoTime;
    private final Outage outage;
    private final QuestionPermits turns;
    private final Conversations conversations;
    private final Deque<NtlmAuthProcess> idle = new ConcurrentLinkedDeque<>();
    private final Set<NtlmAuthProcess> all = ConcurrentHashMap.newKeySet();
    private final AtomicLong questions = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private volatile boolean closed;

    NtlmAuthPool(WinbindSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.outage = new Outage(nanoTime);
        this.turns = new QuestionPermits(settings.processes(), nanoTime);
        this.conversations = new Conversations(settings.processes());
    }

    /**
     * Asks one of the processes.
     *
     * @throws Unavailable if no process is free in time or answers in time, or an outage is known
     */
    WinbindAnswer ask(PasswordCheck question) {
        boolean trying = outage.admit();
        try {
            return asked(question, new Beginning(answers.get(), nanoTime.getAsLong(), trying));
        } finally {
            if (trying) {
                outage.ended();
            }
        }
    }

    /**
     * The state when a question arrived.
     *
     * @param answers the number of answers before it
     * @param at the time
     * @param trying whether the question tests if an outage is over
     */
    private record Beginning(long answers, long at, boolean trying) {}

    private WinbindAnswer asked(PasswordCheck question, Beginning beginning) {
        Duration timeout = settings.timeout();
        // The rest is enough for an answer. Ending a late process is expensive.
        Duration longestWait = timeout.minus(timeout.dividedBy(4));
        boolean mayAsk = false;
        try {
            mayAsk = turns.take(question, longestWait);
            if (!mayAsk) {
                throw away(new TimeoutException("every ntlm_auth is busy, and none was free within " + longestWait));
            }
            return answered(question, beginning, beginning.at() + timeout.toNanos());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw away(stopped);
        } finally {
            if (mayAsk) {
                turns.giveBack(question);
            }
        }
    }

    private WinbindAnswer answered(PasswordCheck question, Beginning beginning, long end) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                WinbindAnswer answer = answerOf(attempt == 1 ? idleOrNew() : started(), question, end);
                answers.incrementAndGet();
                outage.over();
                return answer;
            } catch (TimeoutException late) {
                found(late, question, beginning);
                throw away(late);
            } catch (IOException failure) {
                if (attempt == ATTEMPTS || closed) {
                    outage.failed(failure);
                    throw away(failure);
                }
            }
        }
    }

    /**
     * Handles a timeout. If the question is for another domain, it says nothing about the own domain; the next question
     * for the own domain decides.
     */
    private void found(TimeoutException late, PasswordCheck question, Beginning beginning) {
        if (!question.goesElsewhere()) {
            if (answers.get() == beginning.answers()) {
                outage.failed(late);
                endIdle();
            }
        } else if (beginning.trying()) {
            outage.over();
        }
    }

    private WinbindAnswer answerOf(NtlmAuthProcess process, PasswordCheck question, long end)
            throws IOException, TimeoutException, InterruptedException {
        String mark = "Question-" + questions.incrementAndGet();
        boolean sound = false;
        try {
            WinbindAnswer answer = conversations.hold(() -> question.ask(process, mark), remaining(end));
            sound = true;
            return answer;
        } finally {
            if (sound) {
                keep(process);
            } else {
                end(process);
            }
        }
    }

    private Duration remaining(long end) {
        return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
    }

    private NtlmAuthProcess idleOrNew() throws IOException {
        @Nullable NtlmAuthProcess kept = idle.poll();
        while (kept != null && !kept.isAlive()) {
            end(kept);
            kept = idle.poll();
        }
        return kept == null ? started() : kept;
    }

    private NtlmAuthProcess started() throws IOException {
        NtlmAuthProcess process = NtlmAuthProcess.start(settings.program(), PROTOCOL);
        all.add(process);
        endIfClosed(process);
        return process;
    }

    private void keep(NtlmAuthProcess process) {
        idle.push(process);
        endIfClosed(process);
    }

    /** Ends the process if {@link #close()} ran before the process was added. */
    private void endIfClosed(NtlmAuthProcess process) {
        if (closed) {
            end(process);
        }
    }

    /** Ends the idle processes, because each may hang as long as the late one. */
    private void endIdle() {
        for (@Nullable NtlmAuthProcess kept = idle.poll(); kept != null; kept = idle.poll()) {
            end(kept);
        }
    }

    private void end(NtlmAuthProcess process) {
        process.close();
        all.remove(process);
    }

    private static Unavailable away(Exception cause) {
        return new Unavailable("directory", cause);
    }

    /** Returns whether an outage is known. */
    boolean isAway() {
        return outage.isKnown();
    }

    /** Returns the number of running processes. */
    int size() {
        return all.size();
    }

    /** Ends all processes; waiting callers get an error. */
    @Override
    public void close() {
        closed = true;
        Set.copyOf(all).forEach(this::end);
        conversations.close();
    }
}
