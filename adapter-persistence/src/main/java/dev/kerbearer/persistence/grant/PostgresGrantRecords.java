package dev.kerbearer.persistence.grant;

import dev.kerbearer.persistence.sql.Statements;
import java.time.Instant;
import java.util.Optional;

/**
 * Deletes old grants from the table {@code grants}. Their replaced refresh tokens are deleted through the foreign key.
 */
public final class PostgresGrantRecords {

    private static final String END = "least(ended_at, refresh_until)";

    /**
     * The indexed expression: the hour in which a grant ended. In the last, partial hour each grant is checked on its
     * own.
     */
    private static final String HOUR = "date_trunc('hour', %s at time zone 'UTC')";

    public static final String OVER = forget(
            "%s <= %s and %s < ?".formatted(HOUR.formatted(END), HOUR.formatted("?::timestamptz"), END),
            HOUR.formatted(END) + ", " + END,
            END);

    public static final String UNUSED =
            forget("ended_at is null and access_expires_at < ?", "access_expires_at", "access_expires_at");

    private final Statements statements;

    public PostgresGrantRecords(Statements statements) {
        this.statements = statements;
    }

    /**
     * Returns the statement that deletes a batch of grants. It skips rows that another node has locked. A grant has its
     * own row and one for each refresh. The limit counts all these rows, so a batch of often refreshed grants is not a
     * large transaction. The ids are an array, so that PostgreSQL looks up each one, whatever number it estimates.
     *
     * @param order the index order, then oldest first
     */
    private static String forget(String condition, String order, String age) {
        return """
                delete from grants
                where id = any (array(
                    select id
                    from (select id, sum(size) over (order by age, id) - size as before
                          from (select id, generation + 1 as size, %2$s as age
                                from grants where %1$s
                                order by %3$s limit ? for update skip locked) as oldest) as counted
                    where before < ?))
                """.formatted(condition, age, order);
    }

    /** Deletes a batch of grants that are over or, if there are none, unused. Returns how many. */
    public int forget(Instant over, Optional<Instant> unused, int atMost) {
        int forgotten = statements.run(
                OVER,
                statement -> statement
                        .with(over)
                        .with(over)
                        .with(atMost)
                        .with(atMost)
                        .ready()
                        .executeUpdate());
        return forgotten > 0 || unused.isEmpty() ? forgotten : forgetUnused(unused.get(), atMost);
    }

    private int forgetUnused(Instant expired, int atMost) {
        return statements.run(
                UNUSED,
                statement -> statement
                        .with(expired)
                        .with(atMost)
                        .with(atMost)
                        .ready()
                        .executeUpdate());
    }
}
