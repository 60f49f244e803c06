package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.ticket.KerberosTime;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedAuthenticator;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedTicket;
import dev.kerbearer.windowsauth.krb5conf.ClockSkew;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Says how far a client's clock is off. The JDK does not say it. */
final class ClientClock {

    private ClientClock() {}

    /**
     * Returns the difference in words; empty if the authenticator has no time.
     *
     * @param now this machine's time, with which the JDK compared
     */
    static Optional<Detail> difference(OpenedTicket ticket, Instant now) {
        try {
            return Optional.of(new Detail(words(timeIn(ticket.authenticator()), now)));
        } catch (MalformedToken unreadable) {
            return Optional.empty();
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
