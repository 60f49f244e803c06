package dev.kerbearer.persistence.grant;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.AuditEvent.Action;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.persistence.sql.RuleChanges;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;

/**
 * Ends all grants of a client or an identity in the transaction that disables it. One statement ends them, however
 * many, and writes an audit line for each that was still valid. It can take long, so the transaction must be one of
 * {@link RuleChanges}, which has no time limit.
 */
public final class EndedGrants {

    private static final String END = """
            with ended as (update grants set ended_at = :at
                           where %s and ended_at is null
                           returning id, client_id, refresh_until, identity_provider, identity_guid)
            insert into audit_events (at, action, actor, address, method, client_id, grant_id, outcome)
            select :at, :action, :actor, :address, :method, client_id, id,
                   :outcome || identity_provider || :open || cast(identity_guid as text) || :close
            from ended where refresh_until > :at
            """;

    private EndedGrants() {}

    public static void ofClient(EntityManager transaction, ClientId client, Act.ByName act) {
        end(
                transaction
                        .createNativeQuery(END.formatted("client_id = :client"))
                        .setParameter("client", client.value()),
                AuditEvent.INTEGRATION_DISABLED,
                act);
    }

    public static void ofIdentity(EntityManager transaction, Identity identity, Act.ByName act) {
        end(
                transaction
                        .createNativeQuery(END.formatted("identity_guid = :guid and identity_provider = :provider"))
                        .setParameter("guid", identity.guid())
                        .setParameter("provider", identity.provider().name()),
                AuditEvent.IDENTITY_DISABLED,
                act);
    }

    private static void end(Query query, String outcome, Act.ByName act) {
        query.setParameter("at", act.at())
                .setParameter("action", Action.GRANT_ENDED.name())
                .setParameter("actor", act.actor())
                .setParameter("address", act.origin().address())
                .setParameter("method", act.origin().method().name())
                .setParameter("outcome", outcome + AuditEvent.GRANT_OF)
                // Braces and colons have a special meaning in a native query.
                .setParameter("open", ":{")
                .setParameter("close", "}")
                .executeUpdate();
    }
}
