package dev.kerbearer.windowsauth.outage;

import dev.kerbearer.domain.port.Unavailable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that a directory, or a program that asks it for us, does not answer. From time to time one caller tries
 * again; the other callers fail at once instead of waiting.
 */
public final class Outage {

    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicBoolean tried = new AtomicBoolean();
    private volatile @Nullable Failure last;

    private record Failure(long at, Throwable cause) {}

    /**
     * @param nanoTime the clock that decides when to try again
     */
    public Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Admits a caller unless an outage is known.
     *
     * @return whether the caller tries a directory that was away; it must then call {@link #ended()}
     * @throws Unavailable if the caller must not try
     */
    public boolean admit() {
        Failure failure = last;
        if (failure == null) {
            return false;
        }
        if (nanoTime.getAsLong() - failure.at() < PAUSE || !tried.compareAndSet(false, true)) {
            throw new Unavailable("directory", failure.cause());
        }
        return true;
    }

    /** Returns whether an outage is known. */
    public boolean isKnown() {
        return last != null;
    }

    /** Records that the directory has answered. */
    public void over() {
        last = null;
    }

    /** Records that the directory has not answered. */
    public void failed(Throwable cause) {
        last = new Failure(nanoTime.getAsLong(), cause);
    }

    /** Records that the caller who tried has finished, with any result. */
    public void ended() {
        tried.set(false);
    }
}
