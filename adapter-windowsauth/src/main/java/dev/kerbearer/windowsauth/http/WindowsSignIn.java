package dev.kerbearer.windowsauth.http;

import dev.kerbearer.application.signin.RecogniseAccount;
import dev.kerbearer.application.signin.RecogniseCaller;
import dev.kerbearer.application.signin.RefuseTicket;
import dev.kerbearer.windowsauth.channel.ChannelProtection;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Creates the HTTP authentication mechanism for Windows sign-in. */
public final class WindowsSignIn {

    private WindowsSignIn() {}

    /**
     * Returns the mechanism for Negotiate with Kerberos and, if enabled, NTLM.
     *
     * @param keytabs the keytabs with the keys that open tickets; read again whenever they change
     * @param service the only accepted service principal; absent: any {@code HTTP/} principal of the
     *     keytabs
     * @param policy which tickets are accepted
     * @param ntlm handles NTLM; absent: NTLM is not offered
     * @param recogniseCaller finds the caller of a principal
     * @param refuseTicket records refused tickets
     * @param recogniseAccount finds the caller of an account
     * @param protection knows to which channel a sign-in must be bound
     * @param workers threads that may block
     * @param clock measures the age of challenges
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
            InstantSource clock) {
        return new NegotiateMechanism(
                new KerberosSignIn(
                        new KerberosAcceptor(keytabs, service, policy, clock), recogniseCaller, refuseTicket),
                ntlm.map(on -> new NtlmSignIn(on, new HalfOpen<>(clock), recogniseAccount)),
                protection,
                workers);
    }

    /**
     * Whether an {@code Authorization} header signs in with NTLM, under the scheme NTLM or Negotiate. A remote domain
     * may have to check the password.
     */
    public static boolean isNtlm(String authorization) {
        return Offer.isNtlm(authorization);
    }
}
