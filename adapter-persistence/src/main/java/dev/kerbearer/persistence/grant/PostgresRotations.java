package dev.kerbearer.persistence.grant;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.AuditEvent.Action;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.Link;
import dev.kerbearer.domain.grant.Nonce;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.version.Basis;
import dev.kerbearer.persistence.audit.PostgresAudit;
import dev.kerbearer.persistence.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores refresh tokens: live ones in {@code grants}, replaced ones in {@code replaced_refresh_tokens}. */
public final class PostgresRotations {

    private static final String STATE =
            "case when ended_at is not null then 'ENDED' when repeatable_until > clock_timestamp() then 'REPEATABLE' else 'REUSED' end";

    private static final String FIND = """
            select %1$s, case when ended_at is null then 'LIVE' else 'ENDED' end as state
            from grants where refresh_digest = ?
            union all
            select %1$s, %2$s as state
            from replaced_refresh_tokens join grants on grants.id = grant_id where digest = ?
            """.formatted(GrantColumns.LIVE, STATE);

    /**
     * If several requests present one token, the first changes the row. The others wait, check the row again (read
     * committed) and find that the token is gone. The versions are checked without a lock: a rule that is changed at
     * the same moment is changed after this rotation, and a grant that is ended at the same moment has its row locked.
     */
    private static final String ROTATE =
            """
            with basis as (select exists (select from api_integrations where id = ? and version = ? and enabled)
                                  and (exists (select from local_identities
                                               where guid = ? and version = ? and kind = 'user' and enabled) or ?)
                                  as current),
                 given as (select ?::bytea as presented, ? * interval '1 millisecond' as leeway
                           from basis where current),
                 rotated as (update grants
                             set generation = generation + 1,
                                 former_access_digest = access_digest,
                                 former_access_issued_at = access_issued_at,
                                 former_access_expires_at = access_expires_at,
                                 former_access_until = least(access_expires_at, clock_timestamp() + leeway),
                                 access_issued_at = ?, access_expires_at = ?, access_digest = ?, refresh_digest = ?
                             from given
                             where refresh_digest = presented and %s and refresh_until > ?
                             returning %s, generation, presented, leeway),
                 kept as (insert into replaced_refresh_tokens (digest, grant_id, generation, repeatable_until, nonce, key_id)
                          select presented, id, generation - 1, clock_timestamp() + leeway, ?, ? from rotated),
                 written as (%s from rotated)
            select basis.current, rotated.* from basis left join rotated on true
            """.formatted(GrantColumns.NOT_ENDED, GrantColumns.LIVE, PostgresAudit.INSERT_SELECT);

    /** Finds the links from a replaced token to the live one. One row above the limit shows that there are too many. */
    private static final String WAY = """
            select %s, %s as state, way.nonce, way.key_id, way.repeatable_until > clock_timestamp() as open
            from replaced_refresh_tokens presented
            join grants on grants.id = presented.grant_id
            join replaced_refresh_tokens way on way.grant_id = grants.id and way.generation >= presented.generation
            where presented.digest = ?
            order by way.generation
            limit %d
            """.formatted(
                    GrantColumns.LIVE,
                    STATE.replace("repeatable_until", "presented.repeatable_until"),
                    Successor.MOST_LINKS + 1);

    private static final String END_REUSED =
            """
            with ended as (update grants set ended_at = ?
                           where id = (select grant_id from replaced_refresh_tokens
                                       where digest = ? and repeatable_until <= clock_timestamp())
                             and %s
                           returning id, client_id, %s as actor)
            insert into audit_events (at, action, actor, address, method, client_id, grant_id, outcome, trace)
            select ?, '%s', actor, ?, ?, client_id, id, ?, ? from ended
            """.formatted(GrantColumns.NOT_ENDED, GrantColumns.IDENTITY, Action.GRANT_REUSED);

    /** Skips rows that another node has locked. */
    private static final String FORGET_LINKS = """
            update replaced_refresh_tokens set nonce = null, key_id = null
            where digest in (select digest from replaced_refresh_tokens
                             where nonce is not null and repeatable_until <= clock_timestamp()
                             order by repeatable_until limit ? for update skip locked)
            """;

    private final Statements statements;

    public PostgresRotations(Statements statements) {
        this.statements = statements;
    }

    Optional<PresentedRefreshToken> find(TokenDigest token) {
        byte[] digest = token.sha256().bytes();
        return statements.run(FIND, statement -> {
            try (ResultSet row = statement.with(digest).with(digest).ready().executeQuery()) {
                return row.next()
                        ? Optional.of(new PresentedRefreshToken(
                                GrantColumns.read(row), State.valueOf(row.getString("state"))))
                        : Optional.empty();
            }
        });
    }

    Rotation rotate(
            TokenDigest presented, Basis basis, Grant next, Successor successor, Duration leeway, Act.ByHolder act) {
        Optional<Rotation> rotated = statements.run(ROTATE, statement -> {
            GrantColumns.bind(statement, next, basis);
            statement.with(presented.sha256().bytes()).with(leeway.toMillis());
            statement.with(next.accessIssuedAt()).with(next.accessExpires());
            statement.with(successor.tokens().accessDigest().sha256().bytes());
            statement.with(
                    successor.tokens().refresh().orElseThrow().digest().sha256().bytes());
            statement.with(next.accessIssuedAt());
            Optional<Link> link = leeway.isZero() ? Optional.empty() : Optional.of(successor.link());
            statement.with(link.map(Link::nonce).map(Nonce::bytes).orElse(null));
            statement.with(link.map(Link::key).map(KeyId::value).orElse(null));
            PostgresAudit.bind(statement, AuditEvent.refreshed(act, next));
            try (ResultSet row = statement.ready().executeQuery()) {
                row.next();
                return rotated(row);
            }
        });
        return rotated.orElseGet(() -> replaced(presented));
    }

    /** Returns empty if the presented token is not the live one. */
    private static Optional<Rotation> rotated(ResultSet row) throws SQLException {
        if (!row.getBoolean("current")) {
            return Optional.of(new Rotation.Changed());
        }
        return row.getObject("id") == null
                ? Optional.empty()
                : Optional.of(new Rotation.Rotated(GrantColumns.read(row)));
    }

    /** Runs as a separate statement, so that it sees what the first request changed. */
    private Rotation replaced(TokenDigest presented) {
        return statements.run(WAY, statement -> {
            try (ResultSet row =
                    statement.with(presented.sha256().bytes()).ready().executeQuery()) {
                return row.next() ? replaced(row) : new Rotation.Unknown();
            }
        });
    }

    private static Rotation replaced(ResultSet row) throws SQLException {
        Grant grant = GrantColumns.read(row);
        State state = State.valueOf(row.getString("state"));
        if (state != State.REPEATABLE) {
            return state == State.REUSED ? new Rotation.Reused() : new Rotation.Unknown();
        }
        List<Link> links = new ArrayList<>();
        do {
            byte @Nullable [] nonce = row.getBytes("nonce");
            if (nonce == null || !row.getBoolean("open") || links.size() == Successor.MOST_LINKS) {
                return new Rotation.Unrepeatable();
            }
            links.add(new Link(Nonce.of(nonce), new KeyId(row.getString("key_id"))));
        } while (row.next());
        return new Rotation.Repeated(grant, links);
    }

    boolean endReused(TokenDigest presented, Act.ByHolder act) {
        return statements.run(
                END_REUSED,
                statement -> statement
                                .with(act.at())
                                .with(presented.sha256().bytes())
                                .with(act.at())
                                .with(act.origin().address())
                                .with(act.origin().method().name())
                                .with(AuditEvent.ok(act.origin()))
                                .with(act.origin().trace().orElse(null))
                                .ready()
                                .executeUpdate()
                        > 0);
    }

    /** Deletes links whose leeway is over. Returns how many. */
    public int forgetLinks(int atMost) {
        return statements.run(
                FORGET_LINKS, statement -> statement.with(atMost).ready().executeUpdate());
    }
}
