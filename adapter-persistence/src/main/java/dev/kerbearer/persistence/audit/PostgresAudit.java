package dev.kerbearer.persistence.audit;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.grant.GrantId;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.persistence.sql.Statements;
import dev.kerbearer.persistence.sql.Statements.Bound;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import org.hibernate.Session;

/** Writes an audit event in the same statement, or at least the same transaction, as the action it describes. */
public final class PostgresAudit {

    /** Must be followed by a {@code from} clause; {@link #bind} sets its parameters. */
    public static final String INSERT_SELECT = """
            insert into audit_events (at, action, actor, address, method, client_id, grant_id, outcome, trace)
            select ?, ?, ?, ?, ?, ?, ?::uuid, ?, ?""";

    private PostgresAudit() {}

    /** Writes an audit event within a transaction that has begun. */
    public static void write(EntityManager transaction, AuditEvent event) {
        transaction
                .unwrap(Session.class)
                .doWork(connection -> Statements.run(connection, INSERT_SELECT, statement -> {
                    bind(statement, event);
                    return statement.ready().executeUpdate();
                }));
    }

    public static void bind(Bound statement, AuditEvent event) throws SQLException {
        statement
                .with(event.at())
                .with(event.action().name())
                .with(event.actor())
                .with(event.origin().address())
                .with(event.origin().method().name())
                .with(event.client().map(ClientId::value).orElse(null))
                .with(event.grant().map(GrantId::value).orElse(null))
                .with(event.outcome())
                .with(event.origin().trace().orElse(null));
    }
}
