package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.signin.SignInDigest;

/** The audit lines of decisions that change nothing else. Other audit lines are written together with their change. */
public interface AuditLog {

    /** Whether a sign-in is new or a replay. */
    enum Sighting {
        /** The sign-in is new; its digest and line are stored. */
        FIRST,
        /** The sign-in was answered before; nothing is stored. */
        REPLAYED
    }

    /**
     * Records the refusal of a good sign-in together with the digest of the sign-in. An AP-REQ gets only one answer,
     * and a refusal is an answer.
     *
     * @throws Unavailable if it cannot be stored
     */
    Sighting signInRefused(SignInDigest signIn, AuditEvent event);

    /**
     * Writes the line of an event that changed nothing else.
     *
     * @throws Unavailable if it cannot be stored
     */
    void write(AuditEvent event);
}
