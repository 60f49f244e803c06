package dev.kerbearer.rest.edge.refusal;

import dev.kerbearer.domain.refusal.Refusal;
import java.io.Serial;
import java.util.Optional;

/** A complete sign-in is refused. */
public final class RefusedSignInException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;
    private final transient Optional<String> reply;

    public RefusedSignInException(Refusal refusal, Optional<String> reply) {
        super(refusal.description(), null, false, false);
        this.refusal = refusal;
        this.reply = reply;
    }

    Refusal refusal() {
        return refusal;
    }

    /** Returns the reply that proves to the client that it reached the service it asked for. */
    Optional<String> reply() {
        return reply;
    }
}
