package dev.kerbearer.windowsauth.http;

import dev.kerbearer.application.signin.RecogniseCaller;
import dev.kerbearer.application.signin.RefuseTicket;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.windowsauth.channel.TlsChannel;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.http.Offer.Token;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome;
import dev.kerbearer.windowsauth.kerberos.NegotiateToken;
import dev.kerbearer.windowsauth.spnego.SpnegoAnswer;

/**
 * Signs in with a Kerberos ticket, raw or in SPNEGO, in one request. A client that begins SPNEGO with another mechanism,
 * but lists Kerberos, is asked for its ticket.
 */
final class KerberosSignIn implements Mechanism {

    private final KerberosAcceptor acceptor;
    private final RecogniseCaller recogniseCaller;
    private final RefuseTicket refuseTicket;

    KerberosSignIn(KerberosAcceptor acceptor, RecogniseCaller recogniseCaller, RefuseTicket refuseTicket) {
        this.acceptor = acceptor;
        this.recogniseCaller = recogniseCaller;
        this.refuseTicket = refuseTicket;
    }

    @Override
    public Origin.Method method() {
        return Origin.Method.KERBEROS;
    }

    @Override
    public SignInStep take(Peer peer, Offer offer) {
        if (offer.token() instanceof Token.SpnegoFirst first && first.offer().mustBeAskedForTicket()) {
            return new SignInStep.Continue(SpnegoAnswer.askForTicket());
        }
        TlsChannel channel = peer.tls().get();
        Origin origin = peer.from().origin(method());
        try {
            NegotiateToken token = ticketIn(offer.token());
            Outcome outcome = acceptor.accept(token, channel);
            return outcome instanceof Outcome.Rejected rejected
                    ? refused(rejected, token, origin)
                    : established((Outcome.Accepted) outcome, token, offer.scheme(), origin);
        } catch (MalformedToken malformed) {
            return SignInStep.Failed.of(
                    "the token is no Kerberos ticket", new Detail(String.valueOf(malformed.getMessage())));
        }
    }

    /** If NTLM is off, its messages come here too, and the log explains them. */
    static NegotiateToken ticketIn(Token token) throws MalformedToken {
        if (token instanceof Token.SpnegoTicket asked) {
            return NegotiateToken.of(asked.answer());
        }
        return token instanceof Token.SpnegoFirst first
                ? NegotiateToken.of(first.offer())
                : NegotiateToken.read(token.bytes());
    }

    private SignInStep refused(Outcome.Rejected rejected, NegotiateToken token, Origin origin) {
        Refusal refusal = Refusal.signInFailed(rejected.why(), rejected.detail());
        return rejected.client()
                .filter(client -> rejected.mustBeRecorded())
                .map(client -> new SignInStep.Failed(refuseTicket.refuse(client, token.digest(), origin, refusal)))
                .orElseGet(() -> SignInStep.Failed.of(
                        refusal,
                        rejected.client()
                                .map(Principal::toString)
                                .map(Parties::user)
                                .orElse(Parties.UNKNOWN)));
    }

    private SignInStep established(Outcome.Accepted accepted, NegotiateToken token, Scheme scheme, Origin origin) {
        Origin from = accepted.delegatedThrough().map(origin::through).orElse(origin);
        return new SignInStep.Established(recogniseCaller.recognise(
                accepted.client(),
                accepted.authorization(),
                token.digest(),
                from,
                accepted.reply().map(scheme::value)));
    }
}
