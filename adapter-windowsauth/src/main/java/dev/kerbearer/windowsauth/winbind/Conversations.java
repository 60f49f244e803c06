package dev.kerbearer.windowsauth.winbind;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Conversations with processes, each in its own thread, because a thread that reads from a process cannot be
 * interrupted. The caller decides how long to wait; the end of the process ends the conversation.
 */
final class Conversations implements AutoCloseable {

    /** Conversations that timed out may take a moment to end. */
    private static final int THREADS_A_PROCESS = 4;

    private final ThreadPoolExecutor threads;
    private final Set<Future<?>> held = ConcurrentHashMap.newKeySet();

    Conversations(int processes) {
        this.threads = new ThreadPoolExecutor(
                0, THREADS_A_PROCESS * processes, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "ntlm_auth");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** A conversation, which may block forever. */
    @FunctionalInterface
    interface Conversation<T> {
        T hold() throws IOException;
    }

    /**
     * Runs a conversation.
     *
     * @throws TimeoutException if it does not end within that time
     * @throws IOException if it fails
     */
    @SuppressWarnings("CollectionUndefinedEquality") // Each is only like itself.
    <T> T hold(Conversation<T> conversation, Duration within)
            throws IOException, TimeoutException, InterruptedException {
        Future<T> answer;
        try {
            answer = threads.submit(conversation::hold);
        } catch (RejectedExecutionException tooMany) {
            throw new IOException("too many ntlm_auth processes do not end", tooMany);
        }
        held.add(answer);
        if (threads.isShutdown()) {
            // close() may have run before this one was added.
            answer.cancel(true);
        }
        try {
            return answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (CancellationException closed) {
            throw new IOException("ntlm_auth is no longer used", closed);
        } catch (TimeoutException late) {
            throw (TimeoutException) new TimeoutException("ntlm_auth does not answer in time").initCause(late);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException fault) {
                throw fault;
            }
            throw new IllegalStateException(failure.getCause());
        } finally {
            held.remove(answer);
        }
    }

    /** Ends every conversation. A child of an ended process may keep its pipe open. */
    @Override
    public void close() {
        threads.shutdown();
        held.forEach(answer -> answer.cancel(true));
    }
}
