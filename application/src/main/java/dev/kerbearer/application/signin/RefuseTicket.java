package dev.kerbearer.application.signin;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignInDigest;
import java.util.Optional;

/** Refuses a ticket that a KDC made and that is not good here: the refusal is written down, and the sign-in used up. */
public final class RefuseTicket {

    private final RefusedSignIns refusedSignIns;

    /** @param refusedSignIns writes down those who are refused */
    public RefuseTicket(RefusedSignIns refusedSignIns) {
        this.refusedSignIns = refusedSignIns;
    }

    /**
     * Answers what the client is to be told: the refusal, that the ticket was replayed, or that storage is away.
     *
     * @param principal the ticket's client
     * @param digest of the sign-in that showed the ticket
     */
    public RefusedException refuse(Principal principal, SignInDigest digest, Origin origin, Refusal refusal) {
        return refusedSignIns.write(digest, principal.toString(), origin, Optional.empty(), refusal);
    }
}
