package dev.kerbearer.persistence.grant;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.AuditEvent.Action;
import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.integration.Audience;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.domain.version.Basis;
import dev.kerbearer.persistence.audit.PostgresAudit;
import dev.kerbearer.persistence.sql.Statements;
import dev.kerbearer.persistence.sql.Statements.Bound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Stores grants in the table {@code grants}. Each method is one statement, and so one transaction and one round trip.
 */
public final class PostgresGrants implements Grants {

    /**
     * Locks the integration and the identity, so that neither can be changed before the grant is committed. If one is
     * being changed, the statement waits and then sees the new version, because read committed checks a locked row
     * again. Only the statement that inserts the sign-in's digest inserts the grant.
     */
    private static final String ISSUE = """
            with integration as (select from api_integrations where id = ? and version = ? and enabled for share),
                 person as (select from local_identities
                            where guid = ? and version = ? and kind = 'user' and enabled for share),
                 basis as (select exists (select from integration) and (? or exists (select from person)) as current),
                 seen as (insert into sign_ins (digest, answered_at)
                          select ?, ? from basis where current
                          on conflict do nothing
                          returning 1),
                 issued as (insert into grants (id, identity_provider, identity_guid, client_id, scope, renewable,
                                                token_format, audience, issued_at, access_issued_at, access_expires_at, refresh_until,
                                                access_digest, refresh_digest)
                            select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from seen),
                 written as (%s from seen)
            select current, exists (select from seen) as first from basis
            """.formatted(PostgresAudit.INSERT_SELECT);

    private static final String FIND_BY_ACCESS_TOKEN =
            """
            select %1$s from grants where access_digest = ? and %3$s
            union all
            select %2$s from grants
            where former_access_digest = ? and %3$s and former_access_until > clock_timestamp()
            """.formatted(GrantColumns.LIVE, GrantColumns.FORMER, GrantColumns.NOT_ENDED);

    /** Finds the grant first and ends it by its id, so that a concurrent rotation does not keep it alive. */
    private static final String REVOKE =
            """
            with ended as (update grants set ended_at = ?
                           where %s
                             and id in (select id from grants where access_digest = ? and access_expires_at > ?
                                        union all
                                        select id from grants
                                        where former_access_digest = ? and former_access_expires_at > ?
                                          and former_access_until > clock_timestamp())
                           returning %s),
                 written as (insert into audit_events (at, action, actor, address, method, client_id, grant_id, outcome,
                                                        trace)
                             select ?, '%s', %s, ?, ?, client_id, id, ?, ? from ended)
            select * from ended
            """.formatted(GrantColumns.NOT_ENDED, GrantColumns.LIVE, Action.GRANT_REVOKED, GrantColumns.IDENTITY);

    private static final String END = """
            with ended as (update grants set ended_at = ? where id = ? and %s returning 1)
            %s from ended
            """.formatted(GrantColumns.NOT_ENDED, PostgresAudit.INSERT_SELECT);

    private final Statements statements;
    private final PostgresRotations rotations;

    public PostgresGrants(Statements statements) {
        this.statements = statements;
        this.rotations = new PostgresRotations(statements);
    }

    @Override
    public Issuance issue(IssuedGrant issued, Basis basis, SignInDigest signIn, Act.ByHolder act) {
        return statements.run(ISSUE, statement -> {
            GrantColumns.bind(statement, issued.grant(), basis);
            statement.with(signIn.sha256().bytes()).with(act.at());
            bind(statement, issued);
            PostgresAudit.bind(statement, AuditEvent.issued(act, issued.grant()));
            try (ResultSet outcome = statement.ready().executeQuery()) {
                outcome.next();
                return issuance(outcome);
            }
        });
    }

    private static void bind(Bound statement, IssuedGrant issued) throws SQLException {
        Grant grant = issued.grant();
        statement
                .with(grant.id().value())
                .with(grant.identity().provider().name())
                .with(grant.identity().guid())
                .with(grant.client().value())
                .with(grant.scope().asGranted())
                .with(grant.renewable())
                .with(grant.form().format().name())
                .with(grant.form().audience().map(Audience::value).orElse(null))
                .with(grant.issuedAt())
                .with(grant.accessIssuedAt())
                .with(grant.accessExpires())
                .with(grant.refreshUntil())
                .with(issued.tokens().accessDigest().sha256().bytes())
                .with(issued.tokens()
                        .refresh()
                        .map(TokenSecret::digest)
                        .map(digest -> digest.sha256().bytes())
                        .orElse(null));
    }

    private static Issuance issuance(ResultSet outcome) throws SQLException {
        if (!outcome.getBoolean("current")) {
            return Issuance.CHANGED;
        }
        return outcome.getBoolean("first") ? Issuance.RECORDED : Issuance.REPLAYED;
    }

    @Override
    public Optional<Grant> findByAccessToken(TokenDigest token) {
        byte[] digest = token.sha256().bytes();
        return statements.run(
                FIND_BY_ACCESS_TOKEN, statement -> found(statement.with(digest).with(digest)));
    }

    @Override
    public Optional<PresentedRefreshToken> findByRefreshToken(TokenDigest token) {
        return rotations.find(token);
    }

    @Override
    public Rotation rotate(
            TokenDigest presented, Basis basis, Grant next, Successor successor, Duration leeway, Act.ByHolder act) {
        return rotations.rotate(presented, basis, next, successor, leeway, act);
    }

    @Override
    public boolean endReused(TokenDigest presented, Act.ByHolder act) {
        return rotations.endReused(presented, act);
    }

    @Override
    public void end(Grant grant, Ending ending, Act.ByHolder act) {
        statements.run(END, statement -> {
            statement.with(act.at()).with(grant.id().value());
            PostgresAudit.bind(statement, AuditEvent.ended(act, ending, grant));
            return statement.ready().executeUpdate();
        });
    }

    @Override
    public Optional<Grant> revoke(TokenDigest accessToken, Act.ByHolder act) {
        byte[] digest = accessToken.sha256().bytes();
        return statements.run(
                REVOKE,
                statement -> found(statement
                        .with(act.at())
                        .with(digest)
                        .with(act.at())
                        .with(digest)
                        .with(act.at())
                        .with(act.at())
                        .with(act.origin().address())
                        .with(act.origin().method().name())
                        .with(AuditEvent.ok(act.origin()))
                        .with(act.origin().trace().orElse(null))));
    }

    private static Optional<Grant> found(Bound statement) throws SQLException {
        try (ResultSet row = statement.ready().executeQuery()) {
            return row.next() ? Optional.of(GrantColumns.read(row)) : Optional.empty();
        }
    }
}
