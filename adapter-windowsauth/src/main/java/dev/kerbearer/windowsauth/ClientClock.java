package dev.kerbearer.windowsauth;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.KerberosAcceptor.Outcome.Rejected;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Supplier;
import javax.security.auth.kerberos.KerberosKey;

/** Says by how much a client's clock is off, which the JDK does not. */
final class ClientClock {

    private static final int GENERALIZED_TIME = 0x18;

    /** KerberosTime (RFC 4120 section 5.2.3). */
    private static final DateTimeFormatter KERBEROS_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssX").withZone(ZoneOffset.UTC);

    private ClientClock() {}

    /**
     * Adds that to a refusal which the clocks are the reason of.
     *
     * @param keys those of the service
     * @param now by this machine's clock, which the JDK compared with
     */
    static Rejected explain(Rejected rejected, ApReq request, Supplier<List<KerberosKey>> keys, Instant now) {
        if (!rejected.why().equals(RejectedTicket.CLOCK_SKEW)) {
            return rejected;
        }
        try {
            return new Rejected(
                    rejected.why(), new Detail(words(timeIn(OpenedAuthenticator.of(request, keys.get())), now)));
        } catch (MalformedToken | GeneralSecurityException | DateTimeException unreadable) {
            return rejected;
        }
    }

    private static String words(Instant client, Instant now) {
        Duration ahead = Duration.between(now, client);
        return "the client's clock is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of") + " this machine's, and "
                + ClockSkew.inForce().toSeconds()
                + " s are let pass: set both by a time server (Windows: w32tm /resync;"
                + " Linux: chronyc makestep)";
    }

    private static Instant timeIn(OpenedAuthenticator authenticator) throws MalformedToken {
        Der time = authenticator
                .member(OpenedAuthenticator.CLIENT_TIME)
                .orElseThrow(() -> new MalformedToken("the authenticator has no time"));
        String written = new String(time.enter(GENERALIZED_TIME).rest(), StandardCharsets.US_ASCII);
        return Instant.from(KERBEROS_TIME.parse(written));
    }
}
