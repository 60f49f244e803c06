package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Rejected;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedTicket;
import dev.kerbearer.windowsauth.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks the realms through which a ticket of another realm came. The operator of such a realm can make tickets for any
 * user of the realms behind it.
 */
final class TransitedRealms {

    static final String WHY = "the ticket came through realms that nobody has checked (transited)";

    private TransitedRealms() {}

    /**
     * Returns the rejection; empty if the ticket is accepted.
     *
     * @param own the realms whose KDCs can have made the ticket; several if they share a key of the service
     * @param good the realms through which tickets may come
     */
    static Optional<Rejected> refusing(OpenedTicket ticket, Set<String> own, Set<String> good) {
        String clients = ticket.client().realm();
        // RFC 4120 section 2.7: without the flag, the service must check the realms or refuse. The case of a realm in a
        // keytab depends on how the keytab was made.
        if (ticket.isTransitChecked() || own.stream().allMatch(clients::equalsIgnoreCase)) {
            return Optional.empty();
        }
        String begin = "of " + Printable.of(ticket.client().toString()) + ": the KDC of " + String.join(" or ", own)
                + " has not checked the realms that the ticket passed through";
        Optional<List<String>> realms = ticket.transit().realms();
        if (realms.isEmpty()) {
            return refusal(
                    ticket,
                    begin + ", and encodes them in a way that Kerbearer cannot read: let the KDC check them (MIT:"
                            + " reject_bad_transit = true)");
        }
        Set<String> missing = new TreeSet<>(realms.get());
        missing.add(clients);
        missing.removeAll(good);
        return missing.isEmpty()
                ? Optional.empty()
                : refusal(
                        ticket,
                        begin + ": let the KDC check them, which Windows KDCs do not, or add the realms that you"
                                + " trust to kerbearer.negotiate.transited-realms: "
                                + Printable.of(List.copyOf(missing), ","));
    }

    private static Optional<Rejected> refusal(OpenedTicket ticket, String detail) {
        return Optional.of(new Rejected(
                WHY, new Detail(detail + "; for " + ticket.openedBy().principal()), Optional.of(ticket.client())));
    }
}
