package dev.kerbearer.rest.edge.refusal;

import dev.kerbearer.domain.refusal.Refusal;
import java.io.Serial;
import java.util.Optional;

/** A sign-in that was complete, and is refused all the same. */
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

    /** What shows the client that it spoke to the service it asked for. */
    Optional<String> reply() {
        return reply;
    }
}
