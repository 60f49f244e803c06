package dev.kerbearer.rest.edge.arrival;

import dev.kerbearer.domain.network.IpAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one proxy says about the sender of a request.
 *
 * @param written the text of the statement
 * @param address the address in it, if there is one
 * @param overTls whether the request came over TLS, if the proxy says so
 */
record Hop(String written, Optional<IpAddress> address, Optional<Boolean> overTls) {

    /** A number, or an obfuscated port (RFC 7239 section 6.3). */
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}|_[A-Za-z0-9._-]+");

    /** Reads a node as RFC 7239 section 6 or {@code X-Forwarded-For} writes it, with brackets or without. */
    static Hop of(String node, Optional<Boolean> overTls) {
        return new Hop(node, addressIn(node), overTls);
    }

    /** Returns a hop without an address. */
    static Hop unreadable(String written) {
        return new Hop(written, Optional.empty(), Optional.empty());
    }

    private static Optional<IpAddress> addressIn(String node) {
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            return end >= 0 && isPortOrNothing(node.substring(end + 1))
                    ? IpAddress.parse(node.substring(1, end)).filter(address -> node.lastIndexOf(':', end) > 0)
                    : Optional.empty();
        }
        int colon = node.indexOf(':');
        boolean hasPort = colon >= 0 && colon == node.lastIndexOf(':') && isPortOrNothing(node.substring(colon));
        return IpAddress.parse(hasPort ? node.substring(0, colon) : node);
    }

    private static boolean isPortOrNothing(String text) {
        return text.isEmpty()
                || (text.charAt(0) == ':' && PORT.matcher(text.substring(1)).matches());
    }
}
