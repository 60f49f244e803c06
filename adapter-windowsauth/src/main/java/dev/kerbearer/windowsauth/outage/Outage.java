package dev.kerbearer.windowsauth.outage;

import dev.kerbearer.domain.port.Unavailable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that a directory, or who asks it for us, is away, so that not everybody waits to find that out: from time to time one caller tries,
 * and the others are told at once.
 */
public final class Outage {

    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicBoolean tried = new AtomicBoolean();
    private volatile @Nullable Failure last;

    private record Failure(long at, Throwable cause) {}

    /**
     * @param nanoTime tells when to try again
     */
    public Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Lets a caller try.
     *
     * @return whether he is the one who tries a directory that was away, and must tell when he has {@link #ended()}
     * @throws Unavailable where he need not try
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

    /** Whether it is known to be away. */
    public boolean isKnown() {
        return last != null;
    }

    /** The directory has answered. */
    public void over() {
        last = null;
    }

    /** It has not. */
    public void failed(Throwable cause) {
        last = new Failure(nanoTime.getAsLong(), cause);
    }

    /** The one who was let try has come to an end, whatever end. */
    public void ended() {
        tried.set(false);
    }
}
