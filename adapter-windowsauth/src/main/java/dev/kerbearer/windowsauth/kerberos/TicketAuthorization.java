package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.ticket.AuthorizationElements;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedTicket;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy.PacUse;
import dev.kerbearer.windowsauth.pac.MalformedPac;
import dev.kerbearer.windowsauth.pac.Pac;
import dev.kerbearer.windowsauth.pac.ServiceKey;
import dev.kerbearer.windowsauth.pac.VerifiedPac;
import java.util.List;
import java.util.Optional;

/**
 * What the KDC says in a ticket of its client, beside his name. One that fails a check is never taken for one that says
 * nothing: whoever could spoil a PAC could choose who he is by a name then.
 *
 * @param data who he is and his groups; absent where that is not said, or means nothing in his realm
 * @param delegatedThrough the services that got the ticket in his name; absent where he got it himself
 */
record TicketAuthorization(Optional<AuthorizationData> data, Optional<String> delegatedThrough) {

    /** [MS-KILE] section 3.3.5.6.4.6. */
    private static final int WIN2K_PAC = 128;

    /**
     * Reads it.
     *
     * @param use of PACs in the client's realm
     * @throws MalformedPac where the ticket has a PAC that fails a check
     * @throws MalformedToken where what the ticket says cannot be read
     */
    static TicketAuthorization of(OpenedTicket ticket, PacUse use) throws MalformedPac, MalformedToken {
        Optional<byte[]> pac = pacIn(ticket);
        if (pac.isEmpty()) {
            return new TicketAuthorization(Optional.empty(), Optional.empty());
        }
        VerifiedPac verified = Pac.read(pac.get())
                .verified(
                        new ServiceKey(
                                ticket.openedBy().encryptionType(),
                                ticket.openedBy().bytes()),
                        String.join("/", ticket.client().components()),
                        ticket.authenticatedAt());
        return new TicketAuthorization(said(verified, ticket.client().realm(), use), verified.delegatedThrough());
    }

    private static Optional<AuthorizationData> said(VerifiedPac pac, String realm, PacUse use) throws MalformedPac {
        if (use == PacUse.WITHOUT_MEANING) {
            pac.isNamedLikeItsAccount();
            return Optional.empty();
        }
        return Optional.of(pac.authorization(realm));
    }

    private static Optional<byte[]> pacIn(OpenedTicket ticket) throws MalformedToken {
        if (ticket.authorizationData().isEmpty()) {
            return Optional.empty();
        }
        List<byte[]> pacs = AuthorizationElements.anywhere(
                WIN2K_PAC, ticket.authorizationData().get());
        if (pacs.size() > 1) {
            throw new MalformedToken("the ticket has several PACs");
        }
        return pacs.stream().findFirst();
    }
}
