package dev.kerbearer.persistence.signin;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.port.AuditLog;
import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.persistence.audit.PostgresAudit;
import dev.kerbearer.persistence.sql.Statements;
import java.sql.ResultSet;
import java.time.Instant;

/** Stores answered sign-ins in the table {@code sign_ins}. */
public final class PostgresSignIns implements AuditLog {

    private static final String REFUSE = """
            with seen as (insert into sign_ins (digest, answered_at) values (?, ?) on conflict do nothing returning 1),
                 written as (%s from seen)
            select exists (select from seen) as first
            """.formatted(PostgresAudit.INSERT_SELECT);

    /** Skips rows that another node is deleting. */
    private static final String FORGET = """
            delete from sign_ins
            where digest in (select digest from sign_ins where answered_at < ?
                             order by answered_at limit ? for update skip locked)
            """;

    private final Statements statements;

    public PostgresSignIns(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Sighting signInRefused(SignInDigest signIn, AuditEvent event) {
        return statements.run(REFUSE, statement -> {
            statement.with(signIn.sha256().bytes()).with(event.at());
            PostgresAudit.bind(statement, event);
            try (ResultSet outcome = statement.ready().executeQuery()) {
                outcome.next();
                return outcome.getBoolean("first") ? Sighting.FIRST : Sighting.REPLAYED;
            }
        });
    }

    @Override
    public void write(AuditEvent event) {
        statements.run(PostgresAudit.INSERT_SELECT, statement -> {
            PostgresAudit.bind(statement, event);
            return statement.ready().executeUpdate();
        });
    }

    /** Deletes sign-ins that were answered before a moment. Returns how many. */
    public int forget(Instant before, int atMost) {
        return statements.run(
                FORGET, statement -> statement.with(before).with(atMost).ready().executeUpdate());
    }
}
