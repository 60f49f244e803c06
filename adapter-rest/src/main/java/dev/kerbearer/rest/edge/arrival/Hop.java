package dev.kerbearer.rest.edge.arrival;

import dev.kerbearer.domain.network.IpAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one proxy says of whom it had a request from.
 *
 * @param written how it says so
 * @param address the address in it, where it is one
 * @param overTls whether the request came over TLS, where the proxy says that too
 */
record Hop(String written, Optional<IpAddress> address, Optional<Boolean> overTls) {

    /** A number, or an obfuscated port (RFC 7239 section 6.3). */
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}|_[A-Za-z0-9._-]+");

    /** Of a node as RFC 7239 section 6 writes it, or as {@code X-Forwarded-For} does: with brackets or without. */
    static Hop of(String node, Optional<Boolean> overTls) {
        return new Hop(node, addressIn(node), overTls);
    }

    /** Something that names nobody. */
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
