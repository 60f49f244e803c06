package dev.kerbearer.application.upkeep;

import dev.kerbearer.domain.port.Expiring;
import dev.kerbearer.domain.port.Expiring.Expired;
import dev.kerbearer.domain.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Deletes what has expired, in small transactions, so that no other transaction waits long. */
public final class ForgetExpired {

    private static final int BATCH = 1000;

    /** Ends the run even if new rows keep coming. */
    private static final int MOST_BATCHES = 1000;

    /** Ends the run even if grants remain; the next run deletes them. */
    private static final int MOST_BATCHES_OF_GRANTS = 50;

    private final Expiring expiring;
    private final Supplier<Duration> clockSkew;
    private final Supplier<Settings> settings;
    private final Duration retention;
    private final InstantSource clock;

    /** The kinds of record that a run is deleting now. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /**
     * @param expiring the stored records
     * @param clockSkew how far a client's clock may be off, either way; read on each run
     * @param settings the current system settings
     * @param retention how long a grant is kept after its end
     * @param clock decides what has expired
     * @throws IllegalArgumentException if the retention is negative
     */
    public ForgetExpired(
            Expiring expiring,
            Supplier<Duration> clockSkew,
            Supplier<Settings> settings,
            Duration retention,
            InstantSource clock) {
        if (retention.isNegative()) {
            throw new IllegalArgumentException("a retention is not negative, as " + retention + " is");
        }
        this.expiring = expiring;
        this.clockSkew = clockSkew;
        this.settings = settings;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * The result for one kind of record.
     *
     * @param records the kind, in the plural
     * @param forgotten how many were deleted; 0 after a failure
     * @param failure why no more could be deleted
     */
    public record Outcome(String records, int forgotten, Optional<RuntimeException> failure) {}

    /**
     * Deletes all that has expired. A failure with one kind of record does not affect the others. Runs may overlap: a
     * run leaves out the kinds that another run is still deleting. So the links, which come first, never wait for the
     * grants, which can take long.
     *
     * @return the outcome for each kind
     */
    public List<Outcome> forget() {
        return List.of(
                outcome("rotation links", this::links),
                outcome("sign-ins", this::signIns),
                outcome("failed sign-ins", this::failures),
                outcome("grants", this::grants));
    }

    private Outcome outcome(String records, IntSupplier forget) {
        if (!busy.add(records)) {
            return new Outcome(records, 0, Optional.empty());
        }
        try {
            return new Outcome(records, forget.getAsInt(), Optional.empty());
        } catch (RuntimeException failure) {
            return new Outcome(records, 0, Optional.of(failure));
        } finally {
            busy.remove(records);
        }
    }

    private int links() {
        return untilOneIsNotFull(new Expired.Links());
    }

    /**
     * Deletes sign-ins that no ticket can replay any more. Kerberos itself rejects an authenticator that is older than
     * the clock skew (RFC 4120 section 3.2.3).
     */
    private int signIns() {
        Duration keptFor = clockSkew.get().multipliedBy(2).plusMinutes(1);
        return untilOneIsNotFull(new Expired.SignIns(clock.instant().minus(keptFor)));
    }

    private int failures() {
        return untilOneIsEmpty(new Expired.Failures(clock.instant()), MOST_BATCHES);
    }

    private int grants() {
        Instant over = clock.instant().minus(retention);
        Optional<Instant> unused = settings.get().unusedExpiry().map(over::minus);
        return untilOneIsEmpty(new Expired.EndedGrants(over, unused), MOST_BATCHES_OF_GRANTS);
    }

    /** Suits records that keep expiring during the run: the next run deletes the last few. */
    private int untilOneIsNotFull(Expired what) {
        return batches(what, BATCH, MOST_BATCHES);
    }

    /** Suits batches that are not full although more records are left. */
    private int untilOneIsEmpty(Expired what, int most) {
        return batches(what, 1, most);
    }

    private int batches(Expired what, int fewestBeforeAnother, int most) {
        int forgotten = 0;
        for (int i = 0; i < most; i++) {
            int batch = expiring.forget(what, BATCH);
            forgotten += batch;
            if (batch < fewestBeforeAnother) {
                break;
            }
        }
        return forgotten;
    }
}
