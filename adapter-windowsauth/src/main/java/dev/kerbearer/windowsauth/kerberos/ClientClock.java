package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Rejected;
import dev.kerbearer.windowsauth.kerberos.ticket.ApReq;
import dev.kerbearer.windowsauth.kerberos.ticket.KerberosTime;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedAuthenticator;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedTicket;
import dev.kerbearer.windowsauth.keytab.HeldKey;
import dev.kerbearer.windowsauth.krb5conf.ClockSkew;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says how far a client's clock is off. The JDK does not say it. */
final class ClientClock {

    private ClientClock() {}

    /**
     * Adds the difference to a rejection that the clocks caused.
     *
     * @param keys the keys that may open the ticket
     * @param now this machine's time, with which the JDK compared
     */
    static Rejected explain(Rejected rejected, ApReq request, List<HeldKey> keys, Instant now) {
        if (!rejected.why().equals(RejectedTicket.CLOCK_SKEW)) {
            return rejected;
        }
        try {
            Optional<OpenedTicket> ticket = OpenedTicket.of(request, keys);
            return ticket.isEmpty()
                    ? rejected
                    : new Rejected(
                            rejected.why(), new Detail(words(timeIn(ticket.get().authenticator()), now)));
        } catch (MalformedToken | GeneralSecurityException unreadable) {
            return rejected;
        }
    }

    private static String words(Instant client, Instant now) {
        Duration ahead = Duration.between(now, client);
        return "the client's clock is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of") + " this machine's, and "
                + ClockSkew.inForce().toSeconds()
                + " s are allowed: synchronise both with a time server (Windows: w32tm /resync;"
                + " Linux: chronyc makestep)";
    }

    private static Instant timeIn(OpenedAuthenticator authenticator) throws MalformedToken {
        return KerberosTime.read(authenticator
                .member(OpenedAuthenticator.CLIENT_TIME)
                .orElseThrow(() -> new MalformedToken("the authenticator has no time")));
    }
}
