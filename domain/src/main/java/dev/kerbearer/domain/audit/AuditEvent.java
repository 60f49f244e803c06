package dev.kerbearer.domain.audit;

import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.GrantId;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.resource.ResourceServerId;
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
 * @param client the integration, if the request named one or the line is about one
 * @param grant the grant, if there is one
 * @param outcome {@code ok}, or the code, description and detail of the refusal. The cause follows {@code ok} if the
 *     action does not show it. The services that act for the actor are added, if there are any. The proxy's name for
 *     the client is added if the client's address is unknown. If an import file ended the grant, the identity that held
 *     the grant is added. If an identity or a resource server is created or changed, it is named after {@code ok}.
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
        GRANT_REVOKED,
        /** An API integration was created. */
        INTEGRATION_CREATED,
        /** An API integration or its access rules were changed. */
        INTEGRATION_CHANGED,
        /** A local identity was created. */
        IDENTITY_CREATED,
        /** A local identity, its principals, its groups or its verifier for NTLM were changed. */
        IDENTITY_CHANGED,
        /** A resource server was created. */
        RESOURCE_SERVER_CREATED,
        /** A resource server was changed. */
        RESOURCE_SERVER_CHANGED
    }

    /** Creates the line for a new grant. */
    public static AuditEvent issued(Act.ByHolder act, Grant grant) {
        return about(act, Action.GRANT_ISSUED, grant);
    }

    /** Creates the line for a rotation. */
    public static AuditEvent refreshed(Act.ByHolder act, Grant grant) {
        return about(act, Action.GRANT_REFRESHED, grant);
    }

    /** Creates the line for an answer that was repeated. */
    public static AuditEvent repeated(Act.ByHolder act, Grant grant) {
        return about(act, Action.REFRESH_REPEATED, grant);
    }

    /** Creates the line for a grant that ends because its refresh token was reused. */
    public static AuditEvent reused(Act.ByHolder act, Grant grant) {
        return about(act, Action.GRANT_REUSED, grant);
    }

    /** Creates the line for a grant that ends by an act of its holder. */
    public static AuditEvent ended(Act.ByHolder act, Ending ending, Grant grant) {
        Action action = switch (ending) {
            case REVOKED -> Action.GRANT_REVOKED;
            case SIGN_IN_REFUSED -> Action.GRANT_ENDED;
        };
        return about(act, action, grant);
    }

    private static AuditEvent about(Act.ByHolder act, Action action, Grant grant) {
        return about(act, action, grant.identity().toString(), grant, ok(act.origin()));
    }

    /** Creates the line for a grant that ends because its integration is disabled. */
    public static AuditEvent integrationDisabled(Act.ByName act, Grant grant) {
        return about(act, Action.GRANT_ENDED, act.actor(), grant, INTEGRATION_DISABLED + GRANT_OF + grant.identity());
    }

    /** Creates the line for a grant that ends because its identity is disabled. */
    public static AuditEvent identityDisabled(Act.ByName act, Grant grant) {
        return about(act, Action.GRANT_ENDED, act.actor(), grant, IDENTITY_DISABLED + GRANT_OF + grant.identity());
    }

    private static AuditEvent about(Act act, Action action, String actor, Grant grant, String outcome) {
        return new AuditEvent(
                act.at(), action, actor, act.origin(), Optional.of(grant.client()), Optional.of(grant.id()), outcome);
    }

    /** Creates the line for a new API integration. */
    public static AuditEvent integrationCreated(Act.ByName act, ClientId id) {
        return about(act, Action.INTEGRATION_CREATED, Optional.of(id), "ok");
    }

    /** Creates the line for a changed API integration. */
    public static AuditEvent integrationChanged(Act.ByName act, ClientId id) {
        return about(act, Action.INTEGRATION_CHANGED, Optional.of(id), "ok");
    }

    /** Creates the line for a new local identity. */
    public static AuditEvent identityCreated(Act.ByName act, PrefixedName name, Identity identity) {
        return about(act, Action.IDENTITY_CREATED, Optional.empty(), okFor(name, identity));
    }

    /** Creates the line for a changed local identity, with its name after the change. */
    public static AuditEvent identityChanged(Act.ByName act, PrefixedName name, Identity identity) {
        return about(act, Action.IDENTITY_CHANGED, Optional.empty(), okFor(name, identity));
    }

    private static String okFor(PrefixedName name, Identity identity) {
        return "ok: " + name + ", " + identity;
    }

    /** Creates the line for a new resource server. */
    public static AuditEvent resourceServerCreated(Act.ByName act, ResourceServerId id) {
        return about(act, Action.RESOURCE_SERVER_CREATED, Optional.empty(), "ok: " + id);
    }

    /** Creates the line for a changed resource server. */
    public static AuditEvent resourceServerChanged(Act.ByName act, ResourceServerId id) {
        return about(act, Action.RESOURCE_SERVER_CHANGED, Optional.empty(), "ok: " + id);
    }

    private static AuditEvent about(Act.ByName act, Action action, Optional<ClientId> client, String outcome) {
        return new AuditEvent(
                act.at(), action, act.actor(), act.origin(), client, Optional.empty(), outcome(outcome, act.origin()));
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
