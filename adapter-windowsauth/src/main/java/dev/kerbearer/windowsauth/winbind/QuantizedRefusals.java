package dev.kerbearer.windowsauth.winbind;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Delays refusals to multiples of a time step. A domain controller takes longer for a wrong password than for an
 * unknown name, which would reveal whether the name exists.
 */
final class QuantizedRefusals {

    private static final long STEP = Duration.ofMillis(50).toNanos();

    private final LongSupplier nanoTime;

    QuantizedRefusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns the start time. */
    long begin() {
        return nanoTime.getAsLong();
    }

    /** Waits until the next full step since the start time. */
    void await(long begun) {
        try {
            TimeUnit.NANOSECONDS.sleep(untilNextStep(nanoTime.getAsLong() - begun));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the time until the next full step, after that elapsed time; both in nanoseconds. */
    static long untilNextStep(long nanos) {
        return STEP - nanos % STEP;
    }
}
