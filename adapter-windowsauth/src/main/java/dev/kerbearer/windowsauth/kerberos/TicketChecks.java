package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.channel.TlsChannel;
import dev.kerbearer.windowsauth.channel.TlsChannel.Mismatch;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Accepted;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Rejected;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy.PacUse;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedTicket;
import dev.kerbearer.windowsauth.pac.MalformedPac;
import dev.kerbearer.windowsauth.text.Printable;
import java.util.Optional;

/** Makes the checks that a ticket must pass after JGSS has accepted it. */
final class TicketChecks {

    static final String NO_PAC = "the ticket has no PAC, which this realm's tickets need";
    static final String BAD_PAC = "the ticket's PAC is not good";
    static final String DELEGATED = "the ticket was got by another service in the user's name, which is switched off";

    private final TicketPolicy policy;

    TicketChecks(TicketPolicy policy) {
        this.policy = policy;
    }

    /**
     * Checks a ticket.
     *
     * @param services the accepted services
     * @param reply proves to the client that this is the service it asked for
     */
    Outcome outcome(OpenedTicket ticket, AcceptedServices services, TlsChannel channel, Optional<byte[]> reply) {
        Principal client = ticket.client();
        Optional<Rejected> refused = otherTarget(ticket, services)
                .or(() -> otherChannel(ticket, channel))
                .or(() -> policy.pacs().containsKey(client.realm())
                        ? TransitedRealms.refusing(
                                ticket, services.realmsOf(ticket.openedBy()), policy.transitedRealms())
                        : Optional.empty());
        if (refused.isPresent()) {
            return refused.get();
        }
        return Optional.ofNullable(policy.pacs().get(client.realm()))
                .map(use -> authorized(ticket, use, reply))
                // No directory knows such a client, whatever the ticket says.
                .orElseGet(() -> new Accepted(client, Optional.empty(), Optional.empty(), reply));
    }

    private static Optional<Rejected> otherTarget(OpenedTicket ticket, AcceptedServices services) {
        try {
            return ClientTarget.namesIn(ticket.authenticator()).stream()
                    .filter(name -> !services.isMeantBy(name))
                    .findFirst()
                    .map(name -> rejected(
                            RejectedTicket.OTHER_SERVICE,
                            ticket,
                            "the client signed in to " + Printable.of(name) + ", and an attacker has sent that"
                                    + " sign-in here (relay)"));
        } catch (MalformedToken unreadable) {
            return Optional.of(rejected(
                    RejectedTicket.OTHER_SERVICE,
                    ticket,
                    "the service that the client signed in to cannot be read: " + unreadable.getMessage()));
        }
    }

    private static Optional<Rejected> otherChannel(OpenedTicket ticket, TlsChannel channel) {
        Optional<Mismatch> mismatch = channel.isChecked()
                ? channel.mismatch(AuthenticatorChannel.claimedIn(ticket.authenticator()))
                : Optional.empty();
        return mismatch.map(found -> rejected(found.why(), ticket, found.detail()));
    }

    private Outcome authorized(OpenedTicket ticket, PacUse use, Optional<byte[]> reply) {
        try {
            TicketAuthorization said = TicketAuthorization.of(ticket, use);
            if (use == PacUse.REQUIRED && said.data().isEmpty()) {
                return rejected(
                        NO_PAC,
                        ticket,
                        "the KDC added no PAC: enable it (Windows: NO_AUTH_DATA_REQUIRED of the service account is"
                                + " off, and the client asks for a PAC), or set"
                                + " kerbearer.directories.<name>.pac=optional");
            }
            if (said.delegatedThrough().isPresent() && !policy.delegatedTickets()) {
                return rejected(
                        DELEGATED,
                        ticket,
                        "it was obtained by " + said.delegatedThrough().get()
                                + ", and kerbearer.negotiate.delegated-tickets is false");
            }
            return new Accepted(ticket.client(), said.data(), said.delegatedThrough(), reply);
        } catch (MalformedPac | MalformedToken failed) {
            return rejected(BAD_PAC, ticket, String.valueOf(failed.getMessage()));
        }
    }

    private static Rejected rejected(String why, OpenedTicket ticket, String detail) {
        String client = Printable.of(ticket.client().toString());
        return new Rejected(
                why,
                new Detail("of " + client + ": " + detail + "; for "
                        + ticket.openedBy().principal()),
                Optional.of(ticket.client()));
    }
}
