package dev.kerbearer.persistence.audit;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.grant.GrantId;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.persistence.sql.Statements.Bound;
import java.sql.SQLException;

/** Writes an audit event in the same statement as the action it describes. */
public final class PostgresAudit {

    /** Must be followed by a {@code from} clause; {@link #bind} sets its parameters. */
    public static final String INSERT_SELECT = """
            insert into audit_events (at, action, actor, address, method, client_id, grant_id, outcome)
            select ?, ?, ?, ?, ?, ?, ?::uuid, ?""";

    private PostgresAudit() {}

    public static void bind(Bound statement, AuditEvent event) throws SQLException {
        statement
                .with(event.at())
                .with(event.action().name())
                .with(event.actor())
                .with(event.origin().address())
                .with(event.origin().method().name())
                .with(event.client().map(ClientId::value).orElse(null))
                .with(event.grant().map(GrantId::value).orElse(null))
                .with(event.outcome());
    }
}
