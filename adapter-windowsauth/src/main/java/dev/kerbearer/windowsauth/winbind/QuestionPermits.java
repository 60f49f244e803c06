package dev.kerbearer.windowsauth.winbind;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many questions are asked at a time. Those for which a domain elsewhere may have to be asked take half of the turns at
 * most: anybody can name one, and where it does not answer they would take them all. (Of a single turn they take that.)
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

    /** Waits for one; whether there is one in time. It is to be given back then. */
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
