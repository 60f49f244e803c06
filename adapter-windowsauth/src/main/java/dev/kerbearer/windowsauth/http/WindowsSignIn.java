package dev.kerbearer.windowsauth.http;

import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy;

import dev.kerbearer.application.signin.RecogniseAccount;
import dev.kerbearer.application.signin.RecogniseCaller;
import dev.kerbearer.application.signin.RefuseTicket;
import dev.kerbearer.windowsauth.channel.ChannelProtection;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes the HTTP authentication mechanism for Windows sign-in. */
public final class WindowsSignIn {

    private WindowsSignIn() {}

    /**
     * Negotiate with Kerberos and, where it is on, NTLM.
     *
     * @param keytabs whose keys open tickets; read again whenever they change
     * @param service the only service principal whose tickets are good; absent: any {@code HTTP/} principal of the
     *     keytabs
     * @param policy which tickets are good
     * @param ntlm takes NTLM; absent: it is not offered
     * @param recogniseCaller tells whose a principal is
     * @param refuseTicket writes down which tickets are refused
     * @param recogniseAccount tells whose an account is
     * @param protection knows which channel a sign-in is to be bound to
     * @param workers threads that may wait
     * @param work surrounds what is done on them
     * @param clock tells how old a challenge is
     */
    public static HttpAuthenticationMechanism negotiate(
            List<Path> keytabs,
            Optional<String> service,
            TicketPolicy policy,
            Optional<NtlmAcceptor> ntlm,
            RecogniseCaller recogniseCaller,
            RefuseTicket refuseTicket,
            RecogniseAccount recogniseAccount,
            ChannelProtection protection,
            BlockingSecurityExecutor workers,
            SignInWork work,
            InstantSource clock) {
        return new NegotiateMechanism(
                new KerberosAcceptor(keytabs, service, policy, clock),
                ntlm.map(on -> new NtlmSignIn(on, new HalfOpen<>(clock))),
                recogniseCaller,
                refuseTicket,
                recogniseAccount,
                protection,
                workers,
                work);
    }

    /**
     * Whether an {@code Authorization} header signs in by NTLM, under its own scheme or in Negotiate. Whether its password
     * is right, a domain elsewhere may have to say.
     */
    public static boolean isNtlm(String authorization) {
        return NegotiateMechanism.isNtlm(authorization);
    }
}
