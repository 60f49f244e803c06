package dev.kerbearer.domain.audit;

import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.GrantId;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the audit log: who did what, from where, and the outcome. It never contains a secret.
 *
 * @param at the time
 * @param action the action
 * @param actor the prefixed universal id, or the Kerberos principal or account name if the caller has no identity;
 *     {@value #START} for the import files
 * @param origin where the request came from
 * @param client the integration, if the request named one
 * @param grant the grant, if there is one
 * @param outcome {@code ok}, or the code, description and detail of the refusal. The cause follows {@code ok} if the
 *     action does not show it. The services that act for the actor are added, if there are any. The proxy's name for
 *     the client is added if the client's address is unknown. If an import file ended the grant, the identity that held
 *     the grant is added.
 */
public record AuditEvent(
        Instant at,
        Action action,
        String actor,
        Origin origin,
        Optional<ClientId> client,
        Optional<GrantId> grant,
        String outcome) {

    /** The actor for everything that import files do at the start. */
    public static final String START = "start";

    /** The outcome if the grant ended because its integration is disabled. */
    public static final String INTEGRATION_DISABLED = "ok: the integration is disabled";

    /** The outcome if the grant ended because its identity is disabled. */
    public static final String IDENTITY_DISABLED = "ok: the identity is disabled";

    /** The text before the identity that held the grant, in the outcome of a grant that ended at the start. */
    public static final String GRANT_OF = "; the grant was of ";

    private static final int LONGEST_ACTOR = 1_000;
    private static final int LONGEST_OUTCOME = 4_000;

    /** Cleans the texts so that storage accepts them: an invented name cannot prevent the line from being written. */
    public AuditEvent {
        actor = AuditText.of(actor, LONGEST_ACTOR);
        outcome = AuditText.of(outcome, LONGEST_OUTCOME);
    }

    /** The action that was done or requested. */
    public enum Action {
        /** A successful sign-in issued a grant. */
        GRANT_ISSUED,
        /** A successful sign-in issued no grant. */
        SIGN_IN_REFUSED,
        /** A refresh token was replaced. */
        GRANT_REFRESHED,
        /** A refresh token was presented again within the reuse leeway, and got the same answer. */
        REFRESH_REPEATED,
        /** A refresh token was presented again after the leeway, and its grant was ended. */
        GRANT_REUSED,
        /**
         * A grant was ended because its identity may no longer sign in, or its integration or identity was disabled.
         */
        GRANT_ENDED,
        /** A grant was ended by its bearer. */
        GRANT_REVOKED
    }

    /** Creates the line for a new grant. */
    public static AuditEvent issued(Instant at, Origin origin, Grant grant) {
        return about(at, Action.GRANT_ISSUED, origin, grant);
    }

    /** Creates the line for a grant that its bearer revokes. */
    public static AuditEvent revoked(Instant at, Origin origin, Grant grant) {
        return about(at, Action.GRANT_REVOKED, origin, grant);
    }

    /** Creates the line for a rotation. */
    public static AuditEvent refreshed(Instant at, Origin origin, Grant grant) {
        return about(at, Action.GRANT_REFRESHED, origin, grant);
    }

    /** Creates the line for an answer that was repeated. */
    public static AuditEvent repeated(Instant at, Origin origin, Grant grant) {
        return about(at, Action.REFRESH_REPEATED, origin, grant);
    }

    /** Creates the line for a grant that ends because its refresh token was reused. */
    public static AuditEvent reused(Instant at, Origin origin, Grant grant) {
        return about(at, Action.GRANT_REUSED, origin, grant);
    }

    /** Creates the line for a grant that ends because its identity may no longer sign in. */
    public static AuditEvent ended(Instant at, Origin origin, Grant grant) {
        return about(at, Action.GRANT_ENDED, origin, grant);
    }

    /** Creates the line for a grant that ends because its integration is disabled. */
    public static AuditEvent integrationDisabled(Act act, Grant grant) {
        return endedBy(act, grant, INTEGRATION_DISABLED);
    }

    /** Creates the line for a grant that ends because its identity is disabled. */
    public static AuditEvent identityDisabled(Act act, Grant grant) {
        return endedBy(act, grant, IDENTITY_DISABLED);
    }

    private static AuditEvent endedBy(Act act, Grant grant, String outcome) {
        return new AuditEvent(
                act.at(),
                Action.GRANT_ENDED,
                act.actor(),
                act.origin(),
                Optional.of(grant.client()),
                Optional.of(grant.id()),
                outcome + GRANT_OF + grant.identity());
    }

    private static AuditEvent about(Instant at, Action action, Origin origin, Grant grant) {
        return new AuditEvent(
                at,
                action,
                grant.identity().toString(),
                origin,
                Optional.of(grant.client()),
                Optional.of(grant.id()),
                ok(origin));
    }

    /** Returns the outcome of a successful action, with the details of its origin. */
    public static String ok(Origin origin) {
        return outcome("ok", origin);
    }

    /** Adds the services that act for the actor, and the proxy's name for the client if its address is unknown. */
    private static String outcome(String what, Origin origin) {
        return what
                + origin.through().map(services -> "; delegated to " + services).orElse("")
                + origin.forwarded()
                        .map(name -> " (forwarded for \"" + name + "\")")
                        .orElse("");
    }

    /** Creates the line for a refused sign-in. */
    public static AuditEvent refused(
            Instant at, String actor, Origin origin, Optional<ClientId> client, Refusal refusal) {
        String detail = refusal.detail()
                .map(Detail::text)
                .map(text -> " (" + text + ")")
                .orElse("");
        String outcome = refusal.code() + ": " + refusal.description() + detail;
        return new AuditEvent(
                at, Action.SIGN_IN_REFUSED, actor, origin, client, Optional.empty(), outcome(outcome, origin));
    }
}
