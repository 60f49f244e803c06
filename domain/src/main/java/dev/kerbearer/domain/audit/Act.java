package dev.kerbearer.domain.audit;

import java.time.Instant;

/**
 * A change: who makes it, from where, and when. The audit lines of the change carry all three.
 *
 * @param actor the actor, as {@link AuditEvent#actor()} names it
 * @param origin where the change comes from
 * @param at the time
 */
public record Act(String actor, Origin origin, Instant at) {

    /** Creates the act of an import file that is applied at the start. */
    public static Act atTheStart(Origin file, Instant at) {
        return new Act(AuditEvent.START, file, at);
    }
}
