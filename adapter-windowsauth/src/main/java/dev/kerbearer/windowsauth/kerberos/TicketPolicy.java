package dev.kerbearer.windowsauth.kerberos;

import java.util.Map;
import java.util.Set;

/**
 * Which tickets are good, of those that a key of the keytabs opens.
 *
 * @param pacs what is asked of the PAC of a ticket, by the realm of its client; tickets of other realms are nobody's, and
 *     are not looked at further
 * @param transitedRealms the realms through which tickets may come unchecked by the service's KDC
 * @param delegatedTickets whether tickets are good that another service got in its user's name
 */
public record TicketPolicy(Map<String, PacUse> pacs, Set<String> transitedRealms, boolean delegatedTickets) {

    /** What a realm's PACs (MS-PAC) are for. */
    public enum PacUse {
        /** They say who somebody is: a ticket without one is not good. */
        REQUIRED,
        /** They say who somebody is; of a ticket without one, the client's name does. */
        OPTIONAL,
        /**
         * One that is there must be the KDC's word on its ticket, and of an account of the client's name where it says of
         * one; its SIDs mean nothing.
         */
        WITHOUT_MEANING
    }

    /** Copies what it is given. */
    public TicketPolicy {
        pacs = Map.copyOf(pacs);
        transitedRealms = Set.copyOf(transitedRealms);
    }
}
