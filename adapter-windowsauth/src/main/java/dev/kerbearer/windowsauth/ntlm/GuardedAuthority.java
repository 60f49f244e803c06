package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.application.signin.RememberSignIn;
import dev.kerbearer.application.signin.SlowDownGuessing;
import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;
import java.util.Set;

/** Wraps an authority and slows down password guessing. */
public final class GuardedAuthority implements NtlmAuthority {

    private final NtlmAuthority authority;
    private final SlowDownGuessing guessing;
    private final RememberSignIn remember;

    /**
     * @param authority checks the proofs of clients that need not wait
     * @param guessing counts failed sign-ins
     * @param remember remembers the address of each successful sign-in
     */
    public GuardedAuthority(NtlmAuthority authority, SlowDownGuessing guessing, RememberSignIn remember) {
        this.remember = remember;
        this.authority = authority;
        this.guessing = guessing;
    }

    @Override
    public TargetInformation target() {
        return authority.target();
    }

    @Override
    public Set<String> namesOfThisMachine() {
        return authority.namesOfThisMachine();
    }

    /**
     * @throws dev.kerbearer.domain.refusal.RefusedException if the client has to wait
     */
    @Override
    public Verdict check(NtlmProof proof) {
        return guessing.attempt(
                new Attempt(proof.user(), proof.from()),
                () -> authority.check(proof),
                verdict -> !(verdict instanceof Verdict.Wrong));
    }

    @Override
    public void signedIn(String user, ClientAddress from) {
        remember.remember(new Attempt(user, from));
    }
}
