package dev.kerbearer.windowsauth.kerberos;

import java.util.Map;
import java.util.Set;

/**
 * Decides which tickets are accepted, among those that a key of a keytab opens.
 *
 * @param pacs how the PAC of a ticket is used, by the client's realm; tickets of other realms belong to no known user
 *     and are not checked further
 * @param transitedRealms the realms through which tickets may come even if the service's KDC has not checked them
 * @param delegatedTickets whether tickets that another service got in the user's name are accepted
 */
public record TicketPolicy(Map<String, PacUse> pacs, Set<String> transitedRealms, boolean delegatedTickets) {

    /** How the PACs ([MS-PAC]) of a realm are used. */
    public enum PacUse {
        /** The PAC identifies the client; a ticket without a PAC is rejected. */
        REQUIRED,
        /** The PAC identifies the client; without a PAC, the client's name does. */
        OPTIONAL,
        /**
         * A PAC is optional and its SIDs mean nothing. If there is a PAC, the KDC must have made it for this ticket. If
         * the PAC names an account, that name must be the client's.
         */
        WITHOUT_MEANING
    }

    /** Copies the collections. */
    public TicketPolicy {
        pacs = Map.copyOf(pacs);
        transitedRealms = Set.copyOf(transitedRealms);
    }
}
