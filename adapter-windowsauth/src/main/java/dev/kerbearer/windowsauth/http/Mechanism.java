package dev.kerbearer.windowsauth.http;

/** A mechanism that signs in with the tokens of one kind. */
sealed interface Mechanism permits KerberosSignIn, NtlmSignIn {

    /**
     * Processes a token. May block.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException if a use case refuses the sign-in
     */
    SignInStep take(Peer peer, Offer offer);
}
