package dev.kerbearer.windowsauth.ldap;

import dev.kerbearer.domain.port.Unavailable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that a directory is away, so that not everybody waits to find that out: from time to time one caller tries,
 * and the others are told at once.
 */
final class Outage {

    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicBoolean tried = new AtomicBoolean();
    private volatile @Nullable Failure last;

    private record Failure(long at, Throwable cause) {}

    Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Lets a caller try.
     *
     * @return whether he is the one who tries a directory that was away, and must tell when he has {@link #ended()}
     * @throws Unavailable where he need not try
     */
    boolean admit() {
        Failure failure = last;
        if (failure == null) {
            return false;
        }
        if (nanoTime.getAsLong() - failure.at() < PAUSE || !tried.compareAndSet(false, true)) {
            throw new Unavailable("directory", failure.cause());
        }
        return true;
    }

    /** The directory has answered. */
    void over() {
        last = null;
    }

    /** It has not. */
    void failed(Throwable cause) {
        last = new Failure(nanoTime.getAsLong(), cause);
    }

    /** The one who was let try has come to an end, whatever end. */
    void ended() {
        tried.set(false);
    }
}
