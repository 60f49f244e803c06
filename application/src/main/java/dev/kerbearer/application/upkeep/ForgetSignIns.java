package dev.kerbearer.application.upkeep;

import dev.kerbearer.domain.port.SignInRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Forgets sign-ins that no ticket can repeat any more, because Kerberos itself refuses an authenticator that is older
 * than the clock skew (RFC 4120 section 3.2.3).
 */
public final class ForgetSignIns {

    private final SignInRecords records;
    private final Supplier<Duration> clockSkew;
    private final InstantSource clock;

    /**
     * @param records the digests that are kept
     * @param clockSkew how far a client's clock may be off, either way; asked each time
     * @param clock tells which are old
     */
    public ForgetSignIns(SignInRecords records, Supplier<Duration> clockSkew, InstantSource clock) {
        this.records = records;
        this.clockSkew = clockSkew;
        this.clock = clock;
    }

    /**
     * Forgets all that are older than twice the clock skew and a minute, in small transactions.
     *
     * @return how many
     * @throws dev.kerbearer.domain.port.Unavailable where nothing can be changed now
     */
    public int forget() {
        Duration keptFor = clockSkew.get().multipliedBy(2).plusMinutes(1);
        Instant before = clock.instant().minus(keptFor);
        return Batches.all(atMost -> records.forget(before, atMost));
    }
}
