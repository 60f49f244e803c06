package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * Counts of the sign-ins and grants in the database.
 *
 * @param grants all grants
 * @param lines audit lines of issued grants
 * @param pairs grants that have their audit line
 * @param signIns sign-ins that were used up
 * @param answers audit lines of answered sign-ins, with or without a grant
 */
record Books(long grants, long lines, long pairs, long signIns, long answers) {

    static Books of(EmbeddedTables tables) throws SQLException {
        List<Long> counts = tables.row("""
                        select (select count(*) from grants),
                               (select count(*) from audit_events where action = 'GRANT_ISSUED'),
                               (select count(*) from grants join audit_events on grant_id = grants.id
                                where action = 'GRANT_ISSUED'),
                               (select count(*) from sign_ins),
                               (select count(*) from audit_events
                                where action in ('GRANT_ISSUED', 'SIGN_IN_REFUSED'))
                        """).stream().map(Long::valueOf).toList();
        return new Books(counts.get(0), counts.get(1), counts.get(2), counts.get(3), counts.get(4));
    }

    /** Checks that every grant has its sign-in and its audit line, and the reverse. */
    void assertNothingIsHalfWritten() {
        assertThat(grants).as("grants").isPositive();
        assertThat(lines).as("audit lines of grants").isEqualTo(grants);
        assertThat(pairs).as("grants with their audit line").isEqualTo(grants);
        assertThat(signIns).as("sign-ins used up").isEqualTo(answers);
    }

    /** Checks that each of these tokens is valid at that node. */
    static void assertNoneIsLost(int port, Collection<String> tokens) {
        List<String> lost = tokens.stream()
                .filter(token -> Practice.verify(port, token).status() != 200)
                .toList();
        System.out.printf("%d tokens received by clients, %d lost%n", tokens.size(), lost.size());
        assertThat(tokens).isNotEmpty().doesNotHaveDuplicates();
        assertThat(lost.size()).as("tokens lost").isZero();
    }
}
