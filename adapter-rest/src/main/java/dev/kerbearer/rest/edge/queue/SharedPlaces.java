package dev.kerbearer.rest.edge.queue;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Places for all calls except NTLM and password sign-ins. A sign-in that runs longer than {@link #HANGS} is assumed to
 * wait for a directory, so another call can use its place meanwhile. No more sign-ins than places run at once,
 * including those that hang: if all of them hang, token calls still get places.
 */
public final class SharedPlaces implements Places {

    static final long HANGS = Duration.ofSeconds(1).toNanos();

    private final int number;
    private final Set<QueuedCall<?>> taken = new LinkedHashSet<>();
    private int signIns;

    public SharedPlaces(int number) {
        this.number = number;
    }

    @Override
    public boolean isFull(long now) {
        return taken.size() >= number && taken.size() - hanging(now) >= number;
    }

    @Override
    public boolean isFreeFor(QueuedCall<?> call, long now) {
        return !isFull(now) && (call.kind() != CallKind.SIGN_IN || signIns < number);
    }

    /** Counts the hanging sign-ins; the calls are in the order in which they were let in. */
    private int hanging(long now) {
        int hanging = 0;
        for (QueuedCall<?> call : taken) {
            if (now - call.since() < HANGS) {
                break;
            }
            hanging += call.kind() == CallKind.SIGN_IN ? 1 : 0;
        }
        return hanging;
    }

    @Override
    public void take(QueuedCall<?> call) {
        if (taken.add(call) && call.kind() == CallKind.SIGN_IN) {
            signIns++;
        }
    }

    @Override
    public void giveBack(QueuedCall<?> call) {
        if (taken.remove(call) && call.kind() == CallKind.SIGN_IN) {
            signIns--;
        }
    }

    @Override
    public int number() {
        return number;
    }
}
