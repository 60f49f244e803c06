package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.keytab.KeyName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the plain part of a ticket (RFC 4120 section 5.3): the service and which of its keys was used. */
final class TicketHeader {

    private static final int APPLICATION_1 = 0x61;
    private static final int LONGEST = 256;
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");

    private TicketHeader() {}

    /**
     * Reads which key opens the ticket.
     *
     * @param ticket the field {@code ticket} of an AP-REQ
     */
    static KeyName keyOf(Der ticket) throws MalformedToken {
        Der members = ticket.enter(APPLICATION_1).enter(Der.SEQUENCE);
        members.enter(Der.context(0));
        String realm = printable(KerberosName.text(members.enter(Der.context(1))));
        List<String> name = new ArrayList<>();
        for (String component : KerberosName.components(members.enter(Der.context(2)))) {
            name.add(printable(component));
        }
        Der encrypted = members.enter(Der.context(3)).enter(Der.SEQUENCE);
        int type = (int) encrypted.enter(Der.context(0)).integer();
        long version = encrypted.nextIs(Der.context(1))
                ? encrypted.enter(Der.context(1)).integer()
                : 0;
        return new KeyName(cut(principal(name, realm).toString()), version, type);
    }

    /**
     * Reads the encrypted part of the ticket.
     *
     * @param ticket the field {@code ticket} of an AP-REQ
     */
    static SealedPart sealedPartOf(Der ticket) throws MalformedToken {
        Der members = ticket.enter(APPLICATION_1).enter(Der.SEQUENCE);
        for (int member = 0; member < 3; member++) {
            members.enter(Der.context(member));
        }
        return SealedPart.read(members.enter(Der.context(3)));
    }

    /**
     * Reads the service that the ticket names. Anybody on the network can change this name.
     *
     * @param ticket the field {@code ticket} of an AP-REQ
     */
    static Principal serviceOf(Der ticket) throws MalformedToken {
        Der members = ticket.enter(APPLICATION_1).enter(Der.SEQUENCE);
        members.enter(Der.context(0));
        String realm = KerberosName.text(members.enter(Der.context(1)));
        return principal(KerberosName.components(members.enter(Der.context(2))), realm);
    }

    private static Principal principal(List<String> name, String realm) throws MalformedToken {
        try {
            return new Principal(name, realm);
        } catch (IllegalArgumentException invalid) {
            throw new MalformedToken("the ticket is for nobody: " + invalid.getMessage());
        }
    }

    /** The sender chose this text, and it is written to the log. */
    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    private static String cut(String principal) {
        return principal.length() > LONGEST ? principal.substring(0, LONGEST) + "..." : principal;
    }
}
