package dev.kerbearer.application.signin;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignInDigest;
import java.util.Optional;

/**
 * Refuses a ticket that a KDC made but this service does not accept. It records the refusal and uses up the sign-in.
 */
public final class RefuseTicket {

    private final RefusedSignIns refusedSignIns;

    /** @param refusedSignIns records refused sign-ins */
    public RefuseTicket(RefusedSignIns refusedSignIns) {
        this.refusedSignIns = refusedSignIns;
    }

    /**
     * Returns the refusal for the client: the given one, or that the ticket was replayed, or that storage is
     * unavailable.
     *
     * @param principal the ticket's client
     * @param digest the digest of the sign-in with the ticket
     */
    public RefusedException refuse(Principal principal, SignInDigest digest, Origin origin, Refusal refusal) {
        return refusedSignIns.write(digest, principal.toString(), origin, Optional.empty(), refusal);
    }
}
