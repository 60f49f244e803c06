package dev.kerbearer.domain.audit;

import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.GrantId;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the audit log: who did what, from where, and what came of it. Never a secret.
 *
 * @param at when
 * @param action what
 * @param actor the prefixed universal id, or the Kerberos principal of somebody who has none; {@value #START} of what
 *     import files did
 * @param origin from where
 * @param client through which integration, where one was named
 * @param grant which grant it was about
 * @param outcome {@code ok}, with the cause where the line does not show it, or the code and description of the refusal;
 *     with the service that acts in the actor's name, where one does, and with what a proxy called the client where its
 *     address is not known; of a grant that an import file ended, with the identity that held it
 */
public record AuditEvent(
        Instant at,
        Action action,
        String actor,
        Origin origin,
        Optional<ClientId> client,
        Optional<GrantId> grant,
        String outcome) {

    /** Who did what the import files of the start did. */
    public static final String START = "start";

    /** The outcome where a grant ended with its integration. */
    public static final String INTEGRATION_DISABLED = "ok: the integration is disabled";

    /** The outcome where a grant ended with its identity. */
    public static final String IDENTITY_DISABLED = "ok: the identity is disabled";

    /** Stands in the outcome of a grant that a start ended, before the identity that held it. */
    public static final String GRANT_OF = "; the grant was of ";

    private static final int LONGEST_ACTOR = 1_000;
    private static final int LONGEST_OUTCOME = 4_000;

    /** Leaves of the texts what storage can hold: no name that somebody made up keeps a line from being written. */
    public AuditEvent {
        actor = AuditText.of(actor, LONGEST_ACTOR);
        outcome = AuditText.of(outcome, LONGEST_OUTCOME);
    }

    /** What was done, or asked for. */
    public enum Action {
        /** A sign-in that was good became a grant. */
        GRANT_ISSUED,
        /** A sign-in that was good became none. */
        SIGN_IN_REFUSED,
        /** A refresh token was replaced. */
        GRANT_REFRESHED,
        /** A refresh token was presented again within the reuse leeway, and got the same answer. */
        REFRESH_REPEATED,
        /** A refresh token was presented again after the leeway, and its grant was ended. */
        GRANT_REUSED,
        /** A grant was ended because its identity may sign in no more, or its integration or identity was disabled. */
        GRANT_ENDED,
        /** A grant was ended by its bearer. */
        GRANT_REVOKED
    }

    /** The line that stands beside a new grant. */
    public static AuditEvent issued(Instant at, Origin origin, Grant grant) {
        return about(at, Action.GRANT_ISSUED, origin, grant);
    }

    /** The line that stands beside a grant that its bearer ends. */
    public static AuditEvent revoked(Instant at, Origin origin, Grant grant) {
        return about(at, Action.GRANT_REVOKED, origin, grant);
    }

    /** The line that stands beside a rotation. */
    public static AuditEvent refreshed(Instant at, Origin origin, Grant grant) {
        return about(at, Action.GRANT_REFRESHED, origin, grant);
    }

    /** The line of an answer that was given again. */
    public static AuditEvent repeated(Instant at, Origin origin, Grant grant) {
        return about(at, Action.REFRESH_REPEATED, origin, grant);
    }

    /** The line that stands beside the end of a grant whose token was reused. */
    public static AuditEvent reused(Instant at, Origin origin, Grant grant) {
        return about(at, Action.GRANT_REUSED, origin, grant);
    }

    /** The line that stands beside the end of a grant whose identity may sign in no more. */
    public static AuditEvent ended(Instant at, Origin origin, Grant grant) {
        return about(at, Action.GRANT_ENDED, origin, grant);
    }

    /** The line that stands beside the end of a grant whose integration is disabled. */
    public static AuditEvent integrationDisabled(Instant at, Origin origin, Grant grant) {
        return endedAtTheStart(at, origin, grant, INTEGRATION_DISABLED);
    }

    /** The line that stands beside the end of a grant whose identity is disabled. */
    public static AuditEvent identityDisabled(Instant at, Origin origin, Grant grant) {
        return endedAtTheStart(at, origin, grant, IDENTITY_DISABLED);
    }

    private static AuditEvent endedAtTheStart(Instant at, Origin origin, Grant grant, String outcome) {
        return new AuditEvent(
                at,
                Action.GRANT_ENDED,
                START,
                origin,
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

    /** The outcome of what was done, with what is to be said of its origin besides. */
    public static String ok(Origin origin) {
        return outcome("ok", origin);
    }

    /** Names the services that act in the actor's name, and the client in the proxy's words where its address is not known. */
    private static String outcome(String what, Origin origin) {
        return what
                + origin.through().map(services -> "; delegated to " + services).orElse("")
                + origin.forwarded()
                        .map(name -> " (forwarded for \"" + name + "\")")
                        .orElse("");
    }

    /** The line of a sign-in that was refused. */
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
