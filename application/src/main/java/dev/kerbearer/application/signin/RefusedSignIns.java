package dev.kerbearer.application.signin;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.AuditLog;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignInDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Records the refusal of a valid sign-in and uses up the sign-in, because a refusal is an answer too. */
public final class RefusedSignIns {

    private final AuditLog auditLog;
    private final InstantSource clock;

    /**
     * @param auditLog stores the refusals
     * @param clock sets their time
     */
    public RefusedSignIns(AuditLog auditLog, InstantSource clock) {
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** Returns the caller that the lookup finds. If the lookup refuses, the refusal is recorded. */
    Caller orRecord(SignInDigest signIn, String actor, Origin origin, Supplier<Caller> lookUp) {
        try {
            return lookUp.get();
        } catch (Unavailable away) {
            throw Refusal.grantNotRecorded(away.what(), away.getCause())
                    .asException()
                    .concerning(Parties.user(actor));
        } catch (RefusedException refused) {
            throw write(signIn, actor, origin, Optional.empty(), refused.refusal());
        } catch (RuntimeException fault) {
            write(signIn, actor, origin, Optional.empty(), Refusal.internalError(new Detail(fault.toString())));
            throw fault;
        }
    }

    /**
     * Returns the refusal for the caller: the given one, or that the sign-in was replayed, or that storage is
     * unavailable. It names the actor and the client for the log.
     */
    public RefusedException write(
            SignInDigest signIn, String actor, Origin origin, Optional<ClientId> client, Refusal refusal) {
        Parties parties = new Parties(Optional.of(actor), client.map(ClientId::value));
        return answer(signIn, AuditEvent.refused(clock.instant(), actor, origin, client, refusal), refusal)
                .asException()
                .concerning(parties);
    }

    private Refusal answer(SignInDigest signIn, AuditEvent event, Refusal refusal) {
        try {
            return switch (auditLog.signInRefused(signIn, event)) {
                case FIRST -> refusal;
                case REPLAYED -> Refusal.replayed();
            };
        } catch (Unavailable away) {
            return Refusal.grantNotRecorded(away.what(), away.getCause());
        }
    }
}
