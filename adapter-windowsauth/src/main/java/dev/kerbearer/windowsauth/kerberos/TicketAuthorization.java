package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy.PacUse;
import dev.kerbearer.windowsauth.kerberos.ticket.AuthorizationElements;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedTicket;
import dev.kerbearer.windowsauth.pac.MalformedPac;
import dev.kerbearer.windowsauth.pac.Pac;
import dev.kerbearer.windowsauth.pac.ServiceKey;
import dev.kerbearer.windowsauth.pac.VerifiedPac;
import java.util.List;
import java.util.Optional;

/**
 * What the KDC says about the client in a ticket, besides the name. A PAC that fails a check never counts as missing.
 * Otherwise an attacker could damage a PAC and be identified by a name of their choice.
 *
 * @param data the client's identity and groups; absent if the ticket does not say, or if they mean nothing in the realm
 * @param delegatedThrough the services that got the ticket in the client's name; absent if the client got it itself
 */
record TicketAuthorization(Optional<AuthorizationData> data, Optional<String> delegatedThrough) {

    /** [MS-KILE] section 3.3.5.6.4.6. */
    private static final int WIN2K_PAC = 128;

    /**
     * Reads the authorization from a ticket.
     *
     * @param use how PACs are used in the client's realm
     * @throws MalformedPac if the ticket has a PAC that fails a check
     * @throws MalformedToken if the authorization data cannot be read
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
