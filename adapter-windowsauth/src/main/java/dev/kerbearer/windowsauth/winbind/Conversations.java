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
 * Conversations with processes, each in a thread of its own, since a thread that reads from a process cannot be called
 * back. Who waits for one waits as long as he likes; the process's end ends the conversation.
 */
final class Conversations implements AutoCloseable {

    /** Those that were given up may take a moment to end. */
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

    /** A conversation, which may wait for ever. */
    @FunctionalInterface
    interface Conversation<T> {
        T hold() throws IOException;
    }

    /**
     * Holds one.
     *
     * @throws TimeoutException where it does not end within that time
     * @throws IOException where it goes wrong
     */
    @SuppressWarnings("CollectionUndefinedEquality") // Each is only like itself.
    <T> T hold(Conversation<T> conversation, Duration within)
            throws IOException, TimeoutException, InterruptedException {
        Future<T> answer;
        try {
            answer = threads.submit(conversation::hold);
        } catch (RejectedExecutionException tooMany) {
            throw new IOException("too many ntlm_auth do not end", tooMany);
        }
        held.add(answer);
        if (threads.isShutdown()) {
            // Whoever closes may have looked before this one was there.
            answer.cancel(true);
        }
        try {
            return answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (CancellationException closed) {
            throw new IOException("ntlm_auth is asked no more", closed);
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

    /** Ends what is held: something that a process has started may keep its pipe open when it has ended itself. */
    @Override
    public void close() {
        threads.shutdown();
        held.forEach(answer -> answer.cancel(true));
    }
}
