package dev.kerbearer.windowsauth.http;

import dev.kerbearer.application.signin.RecogniseAccount;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.windowsauth.channel.ChannelClaim;
import dev.kerbearer.windowsauth.channel.TlsChannel.Mismatch;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.http.Offer.Token;
import dev.kerbearer.windowsauth.http.SignInStep.Failed;
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
final class NtlmSignIn implements Mechanism {

    private static final int NEGOTIATE = 1;

    private final NtlmAcceptor acceptor;
    private final HalfOpen<Half> halfOpen;
    private final RecogniseAccount recogniseAccount;

    NtlmSignIn(NtlmAcceptor acceptor, HalfOpen<Half> halfOpen, RecogniseAccount recogniseAccount) {
        this.acceptor = acceptor;
        this.halfOpen = halfOpen;
        this.recogniseAccount = recogniseAccount;
    }

    /**
     * An unfinished handshake.
     *
     * @param scheme the HTTP scheme
     * @param offer the first SPNEGO token, if SPNEGO is used
     * @param handshake absent if NTLM is chosen but has not begun
     */
    record Half(Scheme scheme, Optional<SpnegoOffer> offer, Optional<NtlmHandshake> handshake) {

        /** A token can be long, and is not needed again. */
        Half {
            offer = offer.map(SpnegoOffer::withoutToken);
        }
    }

    @Override
    public Origin.Method method() {
        return Origin.Method.NTLM;
    }

    /** Processes a message and uses up the state of the connection, whatever the result. May block. */
    @Override
    public SignInStep take(Peer peer, Offer offer) {
        Optional<Half> before = halfOpen.take(peer.connection()).filter(half -> half.scheme() == offer.scheme());
        try {
            return step(peer, offer.scheme(), before, offer.token());
        } catch (MalformedMessage malformed) {
            return Failed.of("the NTLM message is refused: " + malformed.why(), new Detail("of " + peer.address()));
        } catch (MalformedToken malformed) {
            return Failed.of("the token is no NTLM message", new Detail(String.valueOf(malformed.getMessage())));
        } catch (Unavailable away) {
            return Failed.of(Refusal.grantNotRecorded(away.what(), away.getCause()), Parties.UNKNOWN);
        }
    }

    private SignInStep step(Peer peer, Scheme scheme, Optional<Half> before, Token token)
            throws MalformedMessage, MalformedToken {
        if (token instanceof Token.NtlmMessage message) {
            return raw(peer, scheme, before.filter(half -> half.offer().isEmpty()), message.bytes());
        }
        if (token instanceof Token.SpnegoLater later) {
            SpnegoAnswer answer = SpnegoAnswer.read(later.bytes());
            return answered(peer, before.filter(half -> half.offer().isPresent()), answer);
        }
        SpnegoOffer offer = token instanceof Token.SpnegoFirst first ? first.offer() : SpnegoOffer.read(token.bytes());
        return offered(peer, scheme, offer);
    }

    private SignInStep raw(Peer peer, Scheme scheme, Optional<Half> before, byte[] message) throws MalformedMessage {
        if (NtlmAcceptor.typeOf(message) == NEGOTIATE) {
            return begun(peer, scheme, Optional.empty(), message, Optional.empty());
        }
        Optional<NtlmHandshake> handshake = before.flatMap(Half::handshake);
        return handshake.isEmpty()
                ? nothingToAnswer()
                : ended(peer, scheme, acceptor.complete(handshake.get(), message, peer.endpoints()), Optional.empty());
    }

    private SignInStep offered(Peer peer, Scheme scheme, SpnegoOffer offer) throws MalformedMessage {
        if (!offer.isForNtlm()) {
            return Failed.of(
                    "the token is no NTLM message",
                    new Detail("it offers other mechanisms than NTLM, or begins with a Kerberos ticket"));
        }
        Optional<byte[]> message = offer.prefersNtlm() ? offer.token() : Optional.empty();
        if (message.isPresent()) {
            return begun(peer, scheme, Optional.of(offer), message.get(), Optional.of(State.ACCEPT_INCOMPLETE));
        }
        halfOpen.keep(peer.connection(), peer.address(), new Half(scheme, Optional.of(offer), Optional.empty()));
        return new SignInStep.Continue(SpnegoAnswer.goOn(askingForSignature(offer), Optional.empty()));
    }

    /**
     * Asks for a signature if the client does not prefer NTLM. An attacker may have removed a better mechanism (RFC
     * 4178 section 5).
     */
    private static State askingForSignature(SpnegoOffer offer) {
        return offer.prefersNtlm() ? State.ACCEPT_INCOMPLETE : State.REQUEST_MIC;
    }

    private SignInStep answered(Peer peer, Optional<Half> before, SpnegoAnswer answer) throws MalformedMessage {
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
        if (!(outcome instanceof Outcome.Accepted accepted)) {
            return ended(peer, half.scheme(), outcome, Optional.empty());
        }
        if (!isListUnchanged(accepted, offer, answer.listSignature())) {
            return Failed.of(
                    "the messages were changed on the way",
                    new Detail("the signature of SPNEGO's list of mechanisms is missing or not right, for "
                            + accepted.account()),
                    Parties.user(accepted.account().toString()));
        }
        Optional<byte[]> own =
                answer.listSignature().map(given -> accepted.sessionKey().sign(Side.SERVER, offer.mechanismList()));
        return ended(peer, half.scheme(), accepted, Optional.of(SpnegoAnswer.done(own)));
    }

    private static boolean isListUnchanged(Outcome.Accepted accepted, SpnegoOffer offer, Optional<byte[]> signature) {
        return signature
                .map(given -> accepted.sessionKey().isSignature(Side.CLIENT, offer.mechanismList(), given))
                .orElse(offer.prefersNtlm());
    }

    private SignInStep begun(
            Peer peer, Scheme scheme, Optional<SpnegoOffer> offer, byte[] message, Optional<State> state)
            throws MalformedMessage {
        NtlmHandshake handshake = acceptor.begin(message);
        halfOpen.keep(peer.connection(), peer.address(), new Half(scheme, offer, Optional.of(handshake)));
        byte[] challenge = handshake.challengeBytes();
        return new SignInStep.Continue(state.map(wrapped -> SpnegoAnswer.goOn(wrapped, Optional.of(challenge)))
                .orElse(challenge));
    }

    /** Recognises the user once the channel is right too: a correct password is not enough. */
    private SignInStep ended(Peer peer, Scheme scheme, Outcome outcome, Optional<byte[]> reply) {
        if (outcome instanceof Outcome.Rejected rejected) {
            return Failed.of(rejected.why(), rejected.detail(), Parties.user(rejected.user()));
        }
        Outcome.Proven proven = (Outcome.Proven) outcome;
        Optional<Mismatch> mismatch = peer.tls().get().mismatch(ChannelClaim.ofNtlm(proven.binding()));
        if (mismatch.isPresent()) {
            return Failed.of(
                    mismatch.get().why(),
                    new Detail("of " + proven.account() + ": " + mismatch.get().detail()),
                    Parties.user(proven.account().toString()));
        }
        if (proven instanceof Outcome.Accepted accepted) {
            acceptor.signedIn(accepted, peer.client());
        }
        Origin origin = peer.from().origin(method());
        return new SignInStep.Established(
                recogniseAccount.recognise(proven.account(), proven.digest(), origin, reply.map(scheme::value)));
    }

    private static SignInStep nothingToAnswer() {
        return Failed.of(
                "no NTLM challenge is open on this connection",
                new Detail("it was never given, is too old, was answered before, or was given on another connection"));
    }

    /** Removes the state of a closed connection. */
    void close(Object connection) {
        halfOpen.close(connection);
    }
}
