package dev.kerbearer.windowsauth.winbind;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits the number of concurrent questions. Questions that may go to another domain take at most half of the permits:
 * any client can name another domain, and if it does not answer they would take all permits. (If there is a single
 * permit, they can take it.)
 */
final class QuestionPermits {

    private final Semaphore all;
    private final Semaphore elsewhere;
    private final LongSupplier nanoTime;

    QuestionPermits(int most, LongSupplier nanoTime) {
        this.all = new Semaphore(most, true);
        this.elsewhere = new Semaphore(Math.max(1, most / 2), true);
        this.nanoTime = nanoTime;
    }

    /** Waits for a permit and returns whether it was granted in time. A granted permit must be given back. */
    boolean take(PasswordCheck question, Duration longestWait) throws InterruptedException {
        long end = nanoTime.getAsLong() + longestWait.toNanos();
        if (!question.goesElsewhere()) {
            return all.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        }
        if (!elsewhere.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        boolean taken = false;
        try {
            taken = all.tryAcquire(end - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
            return taken;
        } finally {
            if (!taken) {
                elsewhere.release();
            }
        }
    }

    void giveBack(PasswordCheck question) {
        all.release();
        if (question.goesElsewhere()) {
            elsewhere.release();
        }
    }
}
