package dev.kerbearer.windowsauth.http;

import dev.kerbearer.domain.audit.Origin;

/** A mechanism that signs in with the tokens of one kind. */
sealed interface Mechanism permits KerberosSignIn, NtlmSignIn {

    /** Returns the method of this mechanism, for audit lines and metrics. */
    Origin.Method method();

    /**
     * Processes a token. May block.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException if a use case refuses the sign-in
     */
    SignInStep take(Peer peer, Offer offer);
}
