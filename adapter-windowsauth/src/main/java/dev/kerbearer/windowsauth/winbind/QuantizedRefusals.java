package dev.kerbearer.windowsauth.winbind;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets refusals come at even times only. A domain controller takes longer over a wrong password than over a name that
 * nobody has, and so would tell one from the other.
 */
final class QuantizedRefusals {

    private static final long STEP = Duration.ofMillis(50).toNanos();

    private final LongSupplier nanoTime;

    QuantizedRefusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** When it begins. */
    long begin() {
        return nanoTime.getAsLong();
    }

    /** Waits for the next even time since. */
    void await(long begun) {
        try {
            TimeUnit.NANOSECONDS.sleep(untilEven(nanoTime.getAsLong() - begun));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long it is, after so long, until a full step. */
    static long untilEven(long nanos) {
        return STEP - nanos % STEP;
    }
}
