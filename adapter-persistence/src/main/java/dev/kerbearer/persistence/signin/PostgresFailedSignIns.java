package dev.kerbearer.persistence.signin;

import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.FailureLimit;
import dev.kerbearer.domain.guessing.GuessingState;
import dev.kerbearer.domain.port.FailedSignIns;
import dev.kerbearer.persistence.sql.Statements;
import dev.kerbearer.persistence.sql.Statements.Bound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Counts failed sign-ins in the table {@code failed_sign_ins}. The table {@code sign_in_addresses} stores the addresses
 * from which a name has signed in.
 */
public final class PostgresFailedSignIns implements FailedSignIns {

    private static final String STATE = stateIn("failed_sign_ins");

    private static final String PAST =
            "1 + (select count(*) from unnest(f.failed_at) x where x > excluded.last_at - %s) >= f.allowed"
                    .formatted(interval(FailureLimit.WITHIN));

    private static final String GOES_ON = "f.waits_until > excluded.last_at - %s and (f.kept_waiting_by_one or %s)"
            .formatted(interval(FailureLimit.WITHIN), PAST);

    /**
     * Counts a failure by the rules of {@code FailureCount}. Rows are written in order of subject, so that two
     * statements cannot deadlock. The returned state is the one before this failure. It is read from the locked rows,
     * so that concurrent failures see each other.
     */
    private static final String FAILED = """
            with failure (subject, allowed, kept_waiting_by_one) as (
                values (?, ?::int, ?::boolean), (?, ?::int, ?::boolean)),
            counted as (
                insert into failed_sign_ins as f
                    (subject, allowed, kept_waiting_by_one, failed_at, beyond, last_at)
                select subject, allowed, kept_waiting_by_one, array[?::timestamptz], 0, ?
                from failure order by subject
                on conflict (subject) do update set
                    failed_at = array(
                        select x from unnest(excluded.failed_at || f.failed_at) x
                        where x > excluded.last_at - %1$s order by x desc limit f.allowed),
                    beyond = case when %2$s then f.beyond + 1 when %3$s then 1 else 0 end,
                    waits_until = case
                        when %2$s then excluded.last_at + least(%4$s * power(2, least(f.beyond, 30)), %5$s)
                        when %3$s then excluded.last_at + %4$s end,
                    waited_until = f.waits_until,
                    last_at = excluded.last_at
                returning subject, waited_until),
            before as not materialized (
                select subject, waited_until as waits_until from counted
                union all
                select subject, waits_until from failed_sign_ins f
                where not exists (select from counted c where c.subject = f.subject))
            """.formatted(
                            interval(FailureLimit.WITHIN),
                            GOES_ON,
                            PAST,
                            interval(FailureLimit.SHORTEST_WAIT),
                            interval(FailureLimit.LONGEST_WAIT))
            + stateIn("before");

    private static final String SIGNED_IN = """
            insert into sign_in_addresses (subject, signed_in_at) values (?, ?)
            on conflict (subject) do update set signed_in_at = excluded.signed_in_at
            """;
    private static final String FORGET_COUNTS = """
            delete from failed_sign_ins where subject in (
                select subject from failed_sign_ins where last_at <= ? order by last_at limit ?
                for update skip locked)
            """;
    private static final String FORGET_EXCESS_COUNTS = excess("failed_sign_ins", "last_at");
    private static final String FORGET_ADDRESSES = """
            delete from sign_in_addresses where subject in (
                select subject from sign_in_addresses where signed_in_at <= ? order by signed_in_at limit ?
                for update skip locked)
            """;

    private static final String FORGET_EXCESS_ADDRESSES = excess("sign_in_addresses", "signed_in_at");

    private final Statements statements;
    private final int mostCounts;
    private final int mostAddresses;

    /**
     * Limits the size of both tables.
     *
     * @param mostCounts limit of failure counts, higher than any attack that a node can answer creates; removed
     *     subjects are counted from zero
     * @param mostAddresses limit of sign-in addresses, higher than the number of users and workstations; without its
     *     row, a user shares the failure count that their name has from unknown addresses
     */
    public PostgresFailedSignIns(Statements statements, int mostCounts, int mostAddresses) {
        this.statements = statements;
        this.mostCounts = mostCounts;
        this.mostAddresses = mostAddresses;
    }

    private static String stateIn(String counts) {
        return """
                select (select signed_in_at from sign_in_addresses where subject = ?),
                       (select waits_until from %1$s where subject = ?),
                       (select waits_until from %1$s where subject = ?),
                       (select waits_until from %1$s where subject = ?)""".formatted(counts);
    }

    /** Locks only the rows to delete, so that failures can be counted at the same time. */
    private static String excess(String table, String at) {
        return """
                delete from %1$s where subject in (
                    select subject from %1$s
                    where %2$s < (select %2$s from %1$s order by %2$s desc offset ? - 1 limit 1)
                    order by %2$s limit ?
                    for update skip locked)
                """.formatted(table, at);
    }

    private static String interval(Duration duration) {
        return "interval '" + duration.toSeconds() + " seconds'";
    }

    @Override
    public GuessingState state(Attempt attempt) {
        return statements.run(STATE, statement -> state(statement, attempt));
    }

    @Override
    public GuessingState failed(Attempt attempt, boolean knownThere, Instant at) {
        Sha256 ofName = knownThere ? attempt.ofNameFromThere() : attempt.ofName();
        return statements.run(FAILED, statement -> {
            statement
                    .with(ofName.bytes())
                    .with(FailureLimit.NAME.failures())
                    .with(FailureLimit.NAME.isKeptWaitingByOne())
                    .with(attempt.ofAddress().bytes())
                    .with(FailureLimit.ADDRESS.failures())
                    .with(FailureLimit.ADDRESS.isKeptWaitingByOne())
                    .with(at)
                    .with(at);
            return state(statement, attempt);
        });
    }

    private static GuessingState state(Bound statement, Attempt attempt) throws SQLException {
        statement
                .with(attempt.ofNameFromThere().bytes())
                .with(attempt.ofName().bytes())
                .with(attempt.ofNameFromThere().bytes())
                .with(attempt.ofAddress().bytes());
        try (ResultSet row = statement.ready().executeQuery()) {
            row.next();
            return new GuessingState(time(row, 1), time(row, 2), time(row, 3), time(row, 4));
        }
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    @Override
    public void signedIn(Attempt attempt, Instant at) {
        statements.run(
                SIGNED_IN,
                statement -> statement
                        .with(attempt.ofNameFromThere().bytes())
                        .with(at)
                        .ready()
                        .executeUpdate());
    }

    /** Deletes old counts and addresses, and those above the limits. Returns how many. */
    public int forget(Instant at, int atMost) {
        return forgotten(FORGET_COUNTS, at.minus(FailureLimit.KEPT), atMost)
                + forgottenExcess(FORGET_EXCESS_COUNTS, mostCounts, atMost)
                + forgotten(FORGET_ADDRESSES, at.minus(FailureLimit.ADDRESS_KEPT), atMost)
                + forgottenExcess(FORGET_EXCESS_ADDRESSES, mostAddresses, atMost);
    }

    private int forgottenExcess(String statement, int most, int atMost) {
        return statements.run(
                statement, bound -> bound.with(most).with(atMost).ready().executeUpdate());
    }

    private int forgotten(String statement, Instant before, int atMost) {
        return statements.run(
                statement, bound -> bound.with(before).with(atMost).ready().executeUpdate());
    }
}
