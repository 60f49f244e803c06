package dev.kerbearer.rest.edge.arrival;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code X-Forwarded-For} and {@code X-Forwarded-Proto}: in no standard, but supported by every proxy. */
final class XForwarded {

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";

    private XForwarded() {}

    /** Returns from whom each proxy received the request, the nearest proxy's entry last. */
    static List<Hop> hops(MultiMap headers) {
        return elements(headers, FOR).stream()
                .map(node -> Hop.of(node, Optional.empty()))
                .toList();
    }

    /**
     * Returns whether the client used TLS. The last entry comes from the nearest proxy, if that proxy sets the header.
     * Earlier entries may come from the client. A proxy that does not set the header passes on the client's own. No
     * header shows this, so the operator must make the proxy set it.
     */
    static Optional<Boolean> overTls(MultiMap headers) {
        List<String> schemes = elements(headers, PROTO);
        return schemes.isEmpty()
                ? Optional.empty()
                : Optional.of(schemes.get(schemes.size() - 1).equalsIgnoreCase("https"));
    }

    /**
     * Returns the elements of all fields of that name, in order. A proxy appends to the last field or adds a field.
     * Empty elements are left out (RFC 9110 section 5.6.1.2).
     */
    private static List<String> elements(MultiMap headers, String name) {
        List<String> elements = new ArrayList<>();
        for (String field : headers.getAll(name)) {
            for (String element : field.split(",", -1)) {
                String plain = unquoted(element.strip());
                if (!plain.isEmpty()) {
                    elements.add(plain);
                }
            }
        }
        return elements;
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).strip()
                : text;
    }
}
