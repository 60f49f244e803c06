package dev.kerbearer.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A table of grants of many users. Tokens are derived from row numbers. Every fourth grant ended more than a year ago.
 */
final class GrantTable {

    private static final int USERS = 10_000;
    private static final int OVER = 4;
    private static final int BLOCK = 1000;
    private static final long MONTH = 30 * 86_400;

    /** The users are in the group of operators, so they may refresh. */
    private static final String[] PEOPLE = {
        "insert into local_identities (guid, kind, name, enabled)"
                + " select lpad(to_hex(i), 32, '0')::uuid, 'user', 'user ' || i, true"
                + " from generate_series(1, " + USERS + ") as i on conflict do nothing",
        "insert into local_memberships (user_guid, group_guid)"
                + " select users.guid, groups.guid from local_identities users, local_identities groups"
                + " where users.name like 'user %' and groups.name = 'operators' on conflict do nothing"
    };

    private static final String COPY = """
            copy grants (id, identity_provider, identity_guid, client_id, scope, renewable, issued_at, access_issued_at,
                         access_expires_at, refresh_until, access_digest, refresh_digest, ended_at) from stdin
            """;
    private static final String CONSTRAINTS = """
            select 'alter table grants drop constraint ' || conname,
                   'alter table grants add constraint ' || conname || ' ' || pg_get_constraintdef(oid)
            from pg_constraint where conrelid = 'grants'::regclass and contype = 'u'
            """;
    private static final String INDEXES = """
            select 'drop index ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
            from pg_index where indrelid = 'grants'::regclass
            and not exists (select from pg_constraint where conindid = indexrelid)
            """;

    private final Lab lab;
    private final int rows;

    /** Describes the lab's table, which has or will have that many rows. */
    GrantTable(Lab lab, int rows) {
        this.lab = lab;
        this.rows = rows;
    }

    int rows() {
        return rows;
    }

    boolean isFilled() {
        return Long.parseLong(lab.one("select count(*) from (select from grants limit " + rows + ") as found")) == rows;
    }

    /** Fills the table. Indexes are created afterwards, which takes a fraction of the time. */
    void fill() throws SQLException, IOException {
        Progress.say("   filling a table of " + rows);
        lab.run(PEOPLE);
        try (Connection connection = lab.connect();
                Statement statement = connection.createStatement()) {
            List<String> restore = new ArrayList<>();
            for (String query : List.of(CONSTRAINTS, INDEXES)) {
                restore.addAll(dropped(statement, query));
            }
            // Avoids a lookup of the integration for each row.
            statement.execute("set session_replication_role = replica");
            copy(connection);
            statement.execute("set session_replication_role = default");
            statement.execute("set maintenance_work_mem = '1GB'");
            for (String sql : restore) {
                Progress.say("   " + sql);
                statement.execute(sql);
            }
        }
        lab.run("vacuum analyze grants", "checkpoint");
    }

    private static List<String> dropped(Statement statement, String query) throws SQLException {
        List<String> drop = new ArrayList<>();
        List<String> restore = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                drop.add(row.getString(1));
                restore.add(row.getString(2));
            }
        }
        for (String sql : drop) {
            statement.execute(sql);
        }
        return restore;
    }

    private void copy(Connection connection) throws SQLException {
        CopyIn in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        StringBuilder block = new StringBuilder();
        for (int row = 1; row <= rows; row++) {
            append(block, row, now);
            if (row % BLOCK == 0 || row == rows) {
                byte[] bytes = block.toString().getBytes(StandardCharsets.US_ASCII);
                in.writeToCopy(bytes, 0, bytes.length);
                block.setLength(0);
            }
        }
        in.endCopy();
    }

    private void append(StringBuilder block, int row, Instant now) {
        Instant issued = now.minusSeconds((rows - row) * MONTH / rows).minus(isOver(row) ? 500 : 0, ChronoUnit.DAYS);
        HexFormat hex = HexFormat.of();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        block.append(new UUID(issued.toEpochMilli() << 16 | 0x7000L | random.nextInt(4096), random.nextLong()))
                .append("\tlocal\t")
                .append(new UUID(0, 1 + row % USERS))
                .append("\tsample-client\tcertificate:discover,manage\tt\t")
                .append(issued)
                .append('\t')
                .append(issued)
                .append('\t')
                .append(issued.plus(90, ChronoUnit.DAYS))
                .append('\t')
                .append(issued.plus(365, ChronoUnit.DAYS))
                .append("\t\\\\x")
                .append(hex.formatHex(Lab.sha256(accessToken(row))))
                .append("\t\\\\x")
                .append(hex.formatHex(Lab.sha256(refreshToken(row))))
                .append('\t')
                .append(isOver(row) ? issued.plusSeconds(MONTH).toString() : "\\N")
                .append('\n');
    }

    private static boolean isOver(int row) {
        return row % OVER == 0;
    }

    private static boolean isRefreshed(int row) {
        return row % OVER == 1;
    }

    /** Returns a token as long as a real one. */
    private static String accessToken(int row) {
        return "access-" + String.format("%036d", row);
    }

    private static String refreshToken(int row) {
        return "refresh" + String.format("%036d", row);
    }

    /** Returns the access token of a random live grant that is never refreshed. */
    String anyAccessToken() {
        return accessToken(anyRow(row -> !isOver(row) && !isRefreshed(row)));
    }

    private int anyRow(IntPredicate wanted) {
        int row;
        do {
            row = 1 + ThreadLocalRandom.current().nextInt(rows);
        } while (!wanted.test(row));
        return row;
    }

    /**
     * Returns refresh tokens of random live grants, each used once. The successor of a token is added at the end, so
     * that grants of a small table are refreshed repeatedly.
     */
    Refreshing refreshing(int atMost) throws SQLException {
        Set<String> tokens = new LinkedHashSet<>();
        int most = Math.min(atMost, rows / OVER / 2);
        while (tokens.size() < most) {
            List<String> some = new ArrayList<>();
            for (int i = 0; i < BLOCK; i++) {
                some.add(refreshToken(anyRow(GrantTable::isRefreshed)));
            }
            tokens.addAll(live(some));
        }
        return new Refreshing(new ArrayDeque<>(tokens));
    }

    /** Returns the tokens that still exist. The table is kept, so an earlier run may have used some. */
    private List<String> live(List<String> tokens) throws SQLException {
        Set<String> known = new HashSet<>();
        try (Connection connection = lab.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "select encode(refresh_digest, 'hex') from grants where refresh_digest = any(?)")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "bytea", tokens.stream().map(Lab::sha256).toArray(byte[][]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    known.add(row.getString(1));
                }
            }
        }
        HexFormat hex = HexFormat.of();
        return tokens.stream()
                .filter(token -> known.contains(hex.formatHex(Lab.sha256(token))))
                .toList();
    }
}
