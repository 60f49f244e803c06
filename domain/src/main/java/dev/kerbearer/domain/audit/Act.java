package dev.kerbearer.domain.audit;

import java.time.Instant;

/** A change: who makes it, from where, and when. The audit lines of the change carry all three. */
public sealed interface Act {

    /** Returns where the change comes from. */
    Origin origin();

    /** Returns the time. */
    Instant at();

    /**
     * An act of the holder of a grant, who signs in for it or presents one of its tokens. The actor is the identity of
     * the grant, which only the storage may know.
     *
     * @param origin where the change comes from
     * @param at the time
     */
    record ByHolder(Origin origin, Instant at) implements Act {}

    /**
     * An act of a named actor.
     *
     * @param actor the actor, as {@link AuditEvent#actor()} names it
     * @param origin where the change comes from
     * @param at the time
     */
    record ByName(String actor, Origin origin, Instant at) implements Act {}

    /** Creates the act of an import file that is applied at the start. */
    static ByName atTheStart(Origin file, Instant at) {
        return new ByName(AuditEvent.START, file, at);
    }
}
