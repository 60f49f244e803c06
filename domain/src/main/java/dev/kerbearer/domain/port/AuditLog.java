package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.signin.SignInDigest;

/** What is written down of decisions that change nothing else; the rest travels with the change. */
public interface AuditLog {

    /** Whether a sign-in is seen for the first time. */
    enum Sighting {
        /** For the first time; digest and line are stored. */
        FIRST,
        /** It was answered before; nothing is stored. */
        REPLAYED
    }

    /**
     * Writes down that a good sign-in was refused, together with its digest: an AP-REQ is good for one answer, and a
     * refusal is one.
     *
     * @throws Unavailable where it cannot be stored
     */
    Sighting signInRefused(SignInDigest signIn, AuditEvent event);

    /**
     * Writes down what changed nothing else.
     *
     * @throws Unavailable where it cannot be stored
     */
    void write(AuditEvent event);
}
