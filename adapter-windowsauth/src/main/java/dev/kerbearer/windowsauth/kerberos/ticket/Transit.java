package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The realms through which a ticket came, between the client's realm and the service's realm. They are read from
 * TransitedEncoding (RFC 4120 section 5.3) in the form DOMAIN-X500-COMPRESS (section 3.3.3.2).
 *
 * @param realms in the order of the list; empty if their encoding is not supported
 */
public record Transit(Optional<List<String>> realms) {

    /** What Windows writes, with no contents, for a ticket that came through no other realm. */
    private static final int NO_ENCODING = 0;

    private static final int DOMAIN_X500_COMPRESS = 1;

    /** Characters with a meaning at the begin or end of a name, unless a backslash makes them a part of the name. */
    private static final String MARKS = "./ ";

    /** Copies the list. */
    public Transit {
        realms = realms.map(List::copyOf);
    }

    /** Reads the next TransitedEncoding. */
    static Transit read(Der holder) throws MalformedToken {
        Der encoding = holder.enter(Der.SEQUENCE);
        long type = encoding.enter(Der.context(0)).integer();
        byte[] contents = encoding.enter(Der.context(1)).enter(Der.OCTET_STRING).rest();
        if (contents.length == 0 && (type == NO_ENCODING || type == DOMAIN_X500_COMPRESS)) {
            return new Transit(Optional.of(List.of()));
        }
        return new Transit(
                type == DOMAIN_X500_COMPRESS
                        ? parted(new String(contents, StandardCharsets.UTF_8)).flatMap(Transit::expanded)
                        : Optional.empty());
    }

    /**
     * A name that ends in a dot is completed by the previous name. A name that starts with a slash is appended to the
     * previous name. An empty name stands for all realms in between, which are not known here.
     */
    private static Optional<List<String>> expanded(List<String> names) {
        List<String> realms = new ArrayList<>();
        String before = "";
        for (String name : names) {
            if (name.isEmpty()) {
                return Optional.empty();
            }
            String realm = name.startsWith(" ") ? name.substring(1) : name;
            if (name.endsWith(".")) {
                realm = name + before;
            } else if (name.startsWith("/")) {
                realm = before + name;
            }
            realms.add(realm);
            before = realm;
        }
        return Optional.of(realms);
    }

    /**
     * Commas separate names; a backslash escapes the next character. Empty if nothing follows a backslash, or if it
     * escapes a mark: after this method, the name could not be told from a compressed name.
     */
    private static Optional<List<String>> parted(String compressed) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < compressed.length(); i++) {
            char c = compressed.charAt(i);
            if (c == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else if (c == '\\') {
                i++;
                if (i == compressed.length() || MARKS.indexOf(compressed.charAt(i)) >= 0) {
                    return Optional.empty();
                }
                part.append(compressed.charAt(i));
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return Optional.of(parts);
    }
}
