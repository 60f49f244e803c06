package dev.kerbearer.windowsauth.http;

import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.ntlm.Endpoints;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor.Outcome;
import dev.kerbearer.windowsauth.ntlm.NtlmHandshake;
import dev.kerbearer.windowsauth.ntlm.message.MalformedMessage;
import dev.kerbearer.windowsauth.ntlm.message.SessionKey.Side;
import dev.kerbearer.windowsauth.spnego.SpnegoAnswer;
import dev.kerbearer.windowsauth.spnego.SpnegoAnswer.State;
import dev.kerbearer.windowsauth.spnego.SpnegoOffer;
import java.util.Optional;

/**
 * Signs in with NTLM over HTTP in two or three requests. The messages come under the scheme NTLM, raw under Negotiate,
 * or in SPNEGO. The state between requests is bound to the connection.
 */
final class NtlmSignIn {

    private static final int NEGOTIATE = 1;

    private final NtlmAcceptor acceptor;
    private final HalfOpen<Half> halfOpen;

    NtlmSignIn(NtlmAcceptor acceptor, HalfOpen<Half> halfOpen) {
        this.acceptor = acceptor;
        this.halfOpen = halfOpen;
    }

    /**
     * An unfinished handshake.
     *
     * @param scheme the HTTP scheme
     * @param offer the first SPNEGO token, if SPNEGO is used
     * @param handshake absent if NTLM is chosen but has not begun
     */
    record Half(String scheme, Optional<SpnegoOffer> offer, Optional<NtlmHandshake> handshake) {

        /** A token can be long, and is not needed again. */
        Half {
            offer = offer.map(SpnegoOffer::withoutToken);
        }
    }

    /**
     * The peer that sends a message.
     *
     * @param connection identifies the connection; it stays the same through a handshake and is never shared
     * @param address the client's address
     * @param here the address at which the client reached this service, if known
     */
    record Peer(Object connection, String address, Optional<String> here) {

        ClientAddress client() {
            return ClientAddress.of(address);
        }

        Endpoints endpoints() {
            return new Endpoints(client(), here);
        }
    }

    /** The result of a message. */
    sealed interface Step {

        /** The client must continue with this reply. */
        @SuppressWarnings("ArrayRecordComponent") // Steps are not compared.
        record Continue(byte[] reply) implements Step {}

        /**
         * The user is signed in.
         *
         * @param reply the last SPNEGO token, if SPNEGO is used
         */
        record Complete(Outcome.Accepted accepted, Optional<byte[]> reply) implements Step {}

        /** The password is right, but the account is blocked. */
        record Blocked(Outcome.Blocked outcome) implements Step {}

        /**
         * The user is not signed in.
         *
         * @param why for the caller
         * @param detail for the log
         */
        record Refused(String why, Detail detail) implements Step {}
    }

    /**
     * Whether a Negotiate token is for NTLM. A token that continues SPNEGO counts too, because Kerbearer continues
     * SPNEGO only for NTLM.
     */
    static boolean isFor(byte[] token) {
        try {
            return NtlmAcceptor.typeOf(token) != 0
                    || SpnegoAnswer.isBegunBy(token)
                    || SpnegoOffer.read(token).isForNtlm();
        } catch (MalformedToken another) {
            return false;
        }
    }

    /**
     * Processes a message and uses up the state of the connection, whatever the result. May block.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if no authority can check the password
     * @throws dev.kerbearer.domain.refusal.RefusedException if the client must wait before another try
     */
    Step take(Peer peer, String scheme, byte[] token) {
        Optional<Half> before =
                halfOpen.take(peer.connection()).filter(half -> half.scheme().equals(scheme));
        try {
            if (NtlmAcceptor.typeOf(token) != 0) {
                return raw(peer, scheme, before.filter(half -> half.offer().isEmpty()), token);
            }
            return SpnegoAnswer.isBegunBy(token)
                    ? answered(peer, before.filter(half -> half.offer().isPresent()), SpnegoAnswer.read(token))
                    : offered(peer, scheme, SpnegoOffer.read(token));
        } catch (MalformedMessage malformed) {
            return new Step.Refused(
                    "the NTLM message is refused: " + malformed.why(), new Detail("of " + peer.address()));
        } catch (MalformedToken malformed) {
            return new Step.Refused("the token is no NTLM message", new Detail(String.valueOf(malformed.getMessage())));
        }
    }

    private Step raw(Peer peer, String scheme, Optional<Half> before, byte[] message) throws MalformedMessage {
        if (NtlmAcceptor.typeOf(message) == NEGOTIATE) {
            return begun(peer, scheme, Optional.empty(), message, Optional.empty());
        }
        Optional<NtlmHandshake> handshake = before.flatMap(Half::handshake);
        return handshake.isEmpty()
                ? nothingToAnswer()
                : step(acceptor.complete(handshake.get(), message, peer.endpoints()), Optional.empty());
    }

    private Step offered(Peer peer, String scheme, SpnegoOffer offer) throws MalformedMessage {
        if (!offer.isForNtlm()) {
            return new Step.Refused(
                    "the token is no NTLM message",
                    new Detail("it offers other mechanisms than NTLM, or begins with a Kerberos ticket"));
        }
        Optional<byte[]> message = offer.prefersNtlm() ? offer.token() : Optional.empty();
        if (message.isPresent()) {
            return begun(peer, scheme, Optional.of(offer), message.get(), Optional.of(State.ACCEPT_INCOMPLETE));
        }
        halfOpen.keep(peer.connection(), peer.address(), new Half(scheme, Optional.of(offer), Optional.empty()));
        return new Step.Continue(SpnegoAnswer.goOn(askingForSignature(offer), Optional.empty()));
    }

    /**
     * Asks for a signature if the client does not prefer NTLM. An attacker may have removed a better mechanism (RFC
     * 4178 section 5).
     */
    private static State askingForSignature(SpnegoOffer offer) {
        return offer.prefersNtlm() ? State.ACCEPT_INCOMPLETE : State.REQUEST_MIC;
    }

    private Step answered(Peer peer, Optional<Half> before, SpnegoAnswer answer) throws MalformedMessage {
        if (before.isEmpty() || answer.token().isEmpty()) {
            return nothingToAnswer();
        }
        Half half = before.get();
        byte[] message = answer.token().get();
        SpnegoOffer offer = half.offer().orElseThrow();
        if (half.handshake().isEmpty()) {
            return begun(peer, half.scheme(), half.offer(), message, Optional.of(State.ACCEPT_INCOMPLETE));
        }
        Outcome outcome = acceptor.complete(half.handshake().get(), message, peer.endpoints());
        return outcome instanceof Outcome.Accepted accepted
                ? negotiated(accepted, offer, answer.listSignature())
                : step(outcome, Optional.empty());
    }

    private static Step negotiated(Outcome.Accepted accepted, SpnegoOffer offer, Optional<byte[]> signature) {
        boolean good = signature
                .map(given -> accepted.sessionKey().isSignature(Side.CLIENT, offer.mechanismList(), given))
                .orElse(offer.prefersNtlm());
        if (!good) {
            return new Step.Refused(
                    "the messages were changed on the way",
                    new Detail("the signature of SPNEGO's list of mechanisms is missing or not right, for "
                            + accepted.account()));
        }
        Optional<byte[]> own = signature.map(given -> accepted.sessionKey().sign(Side.SERVER, offer.mechanismList()));
        return step(accepted, Optional.of(SpnegoAnswer.done(own)));
    }

    private Step begun(Peer peer, String scheme, Optional<SpnegoOffer> offer, byte[] message, Optional<State> state)
            throws MalformedMessage {
        NtlmHandshake handshake = acceptor.begin(message);
        halfOpen.keep(peer.connection(), peer.address(), new Half(scheme, offer, Optional.of(handshake)));
        byte[] challenge = handshake.challengeBytes();
        return new Step.Continue(state.map(wrapped -> SpnegoAnswer.goOn(wrapped, Optional.of(challenge)))
                .orElse(challenge));
    }

    private static Step step(Outcome outcome, Optional<byte[]> reply) {
        if (outcome instanceof Outcome.Blocked blocked) {
            return new Step.Blocked(blocked);
        }
        return outcome instanceof Outcome.Rejected rejected
                ? new Step.Refused(rejected.why(), rejected.detail())
                : new Step.Complete((Outcome.Accepted) outcome, reply);
    }

    private static Step nothingToAnswer() {
        return new Step.Refused(
                "no NTLM challenge is open on this connection",
                new Detail("it was never given, is too old, was answered before, or was given on another connection"));
    }

    /**
     * Reports that the user of a completed handshake is signed in.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if that cannot be stored
     */
    void signedIn(Peer peer, Outcome.Accepted accepted) {
        acceptor.signedIn(accepted, peer.client());
    }

    /** Removes the state of a closed connection. */
    void close(Object connection) {
        halfOpen.close(connection);
    }
}
