package dev.kerbearer.application.upkeep;

import dev.kerbearer.domain.port.SignInRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Deletes sign-ins that no ticket can replay any more. Kerberos itself rejects an authenticator that is older than the
 * clock skew (RFC 4120 section 3.2.3).
 */
public final class ForgetSignIns {

    private final SignInRecords records;
    private final Supplier<Duration> clockSkew;
    private final InstantSource clock;

    /**
     * @param records the stored digests
     * @param clockSkew how far a client's clock may be off, either way; read on each run
     * @param clock decides which are old
     */
    public ForgetSignIns(SignInRecords records, Supplier<Duration> clockSkew, InstantSource clock) {
        this.records = records;
        this.clockSkew = clockSkew;
        this.clock = clock;
    }

    /**
     * Deletes all that are older than twice the clock skew plus one minute, in small transactions.
     *
     * @return how many were deleted
     * @throws dev.kerbearer.domain.port.Unavailable if nothing can be changed now
     */
    public int forget() {
        Duration keptFor = clockSkew.get().multipliedBy(2).plusMinutes(1);
        Instant before = clock.instant().minus(keptFor);
        return Batches.all(atMost -> records.forget(before, atMost));
    }
}
