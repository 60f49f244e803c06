package dev.kerbearer.windowsauth;

import dev.kerbearer.windowsauth.keytab.KeyName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The outside of a ticket (RFC 4120 section 5.3): for which service it is, and under which of its keys. */
final class TicketHeader {

    private static final int APPLICATION_1 = 0x61;
    private static final int GENERAL_STRING = 0x1b;
    private static final int LONGEST = 256;
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");

    private TicketHeader() {}

    /**
     * Reads which key opens the ticket.
     *
     * @param ticket the field of that name of an AP-REQ
     */
    static KeyName keyOf(Der ticket) throws MalformedToken {
        Der members = ticket.enter(APPLICATION_1).enter(Der.SEQUENCE);
        members.enter(Der.context(0));
        String realm = text(members.enter(Der.context(1)));
        String service = name(members.enter(Der.context(2)).enter(Der.SEQUENCE));
        Der encrypted = members.enter(Der.context(3)).enter(Der.SEQUENCE);
        int type = (int) encrypted.enter(Der.context(0)).integer();
        long version = encrypted.nextIs(Der.context(1))
                ? encrypted.enter(Der.context(1)).integer()
                : 0;
        return new KeyName(cut(service + "@" + realm), version, type);
    }

    /**
     * What is encrypted of the ticket.
     *
     * @param ticket the field of that name of an AP-REQ
     */
    static SealedPart sealedPartOf(Der ticket) throws MalformedToken {
        Der members = ticket.enter(APPLICATION_1).enter(Der.SEQUENCE);
        for (int member = 0; member < 3; member++) {
            members.enter(Der.context(member));
        }
        return SealedPart.read(members.enter(Der.context(3)));
    }

    private static String name(Der principal) throws MalformedToken {
        principal.enter(Der.context(0));
        Der components = principal.enter(Der.context(1)).enter(Der.SEQUENCE);
        List<String> name = new ArrayList<>();
        while (!components.isAtEnd()) {
            name.add(text(components));
        }
        return String.join("/", name);
    }

    private static String text(Der holder) throws MalformedToken {
        String text = new String(holder.enter(GENERAL_STRING).rest(), StandardCharsets.UTF_8);
        // Whoever sends it chose it, and it is written to the log.
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    private static String cut(String principal) {
        return principal.length() > LONGEST ? principal.substring(0, LONGEST) + "..." : principal;
    }
}
