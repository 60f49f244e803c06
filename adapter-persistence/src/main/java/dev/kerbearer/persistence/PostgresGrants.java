package dev.kerbearer.persistence;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.GrantId;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.persistence.Statements.Bound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Grants in the table {@code grants}. Each method is one statement, and so one transaction and one journey. */
final class PostgresGrants implements Grants {

    /**
     * Integration and identity are locked against being disabled until the grant is committed: one that is being
     * disabled meanwhile is waited for, and then seen as it is (read committed looks at a locked row again). The
     * sign-in's digest is the gate: who inserts it may insert the rest.
     */
    private static final String ISSUE = """
            with integration as (select from api_integrations where id = ? and enabled for share),
                 person as (select from local_identities where guid = ? and kind = 'user' and enabled for share),
                 known as (select exists (select from integration) as client,
                                  ? <> 'local' or exists (select from person) as identity),
                 seen as (insert into sign_ins (digest, answered_at)
                          select ?, ? from known where client and identity
                          on conflict do nothing
                          returning 1),
                 issued as (insert into grants (id, identity_provider, identity_guid, client_id, scope, renewable,
                                                issued_at, access_issued_at, access_expires_at, refresh_until,
                                                access_digest, refresh_digest)
                            select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from seen),
                 written as (%s from seen)
            select client, identity, exists (select from seen) as first from known
            """.formatted(PostgresAudit.INSERT_SELECT);

    private static final String COLUMNS = """
            id, identity_provider, identity_guid, client_id, scope, renewable,
            issued_at, access_issued_at, access_expires_at, refresh_until
            """;

    /**
     * A grant that has not ended, written so that PostgreSQL does not see the condition of the partial indexes in it:
     * where nearly all grants have ended it thinks those indexes all but empty, and reads one from end to end instead
     * of looking the digest up.
     */
    private static final String LIVE = "coalesce(ended_at, 'infinity') = 'infinity'";

    private static final String FIND_BY_ACCESS_TOKEN =
            "select " + COLUMNS + " from grants where access_digest = ? and " + LIVE;

    private static final String REVOKE = """
            with ended as (update grants set ended_at = ?
                           where access_digest = ? and %s and access_expires_at > ?
                           returning %s),
                 written as (insert into audit_events (at, action, actor, address, method, client_id, grant_id, outcome)
                             select ?, 'GRANT_REVOKED', identity_provider || ':{' || identity_guid || '}', ?, ?,
                                    client_id, id, 'ok'
                             from ended)
            select * from ended
            """.formatted(LIVE, COLUMNS);

    private final Statements statements;

    PostgresGrants(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Issuance issue(IssuedGrant issued, SignInDigest signIn, AuditEvent event) {
        Grant grant = issued.grant();
        Identity identity = grant.identity();
        return statements.run(ISSUE, statement -> {
            statement.with(grant.client().value()).with(identity.guid());
            statement.with(identity.provider().name());
            statement.with(signIn.sha256().bytes()).with(event.at());
            bind(statement, issued);
            PostgresAudit.bind(statement, event);
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
                .with(grant.issuedAt())
                .with(grant.accessIssuedAt())
                .with(grant.accessExpires())
                .with(grant.refreshUntil())
                .with(issued.tokens().access().digest().sha256().bytes())
                .with(issued.tokens()
                        .refresh()
                        .map(TokenSecret::digest)
                        .map(digest -> digest.sha256().bytes())
                        .orElse(null));
    }

    private static Issuance issuance(ResultSet outcome) throws SQLException {
        if (!outcome.getBoolean("client")) {
            return Issuance.INTEGRATION_ENDED;
        }
        if (!outcome.getBoolean("identity")) {
            return Issuance.IDENTITY_ENDED;
        }
        return outcome.getBoolean("first") ? Issuance.RECORDED : Issuance.REPLAYED;
    }

    @Override
    public Optional<Grant> findByAccessToken(TokenDigest token) {
        return statements.run(
                FIND_BY_ACCESS_TOKEN,
                statement -> found(statement.with(token.sha256().bytes())));
    }

    @Override
    public Optional<Grant> revoke(TokenDigest accessToken, Origin origin, Instant at) {
        return statements.run(
                REVOKE,
                statement -> found(statement
                        .with(at)
                        .with(accessToken.sha256().bytes())
                        .with(at)
                        .with(at)
                        .with(origin.address())
                        .with(origin.method().name())));
    }

    private static Optional<Grant> found(Bound statement) throws SQLException {
        try (ResultSet row = statement.ready().executeQuery()) {
            return row.next() ? Optional.of(grant(row)) : Optional.empty();
        }
    }

    private static Grant grant(ResultSet row) throws SQLException {
        return new Grant(
                new GrantId(row.getObject("id", UUID.class)),
                new Identity(
                        new Provider(row.getString("identity_provider")), row.getObject("identity_guid", UUID.class)),
                new ClientId(row.getString("client_id")),
                Scope.parse(row.getString("scope")),
                row.getBoolean("renewable"),
                row.getTimestamp("issued_at").toInstant(),
                row.getTimestamp("access_issued_at").toInstant(),
                row.getTimestamp("access_expires_at").toInstant(),
                row.getTimestamp("refresh_until").toInstant());
    }
}
