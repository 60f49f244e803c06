package dev.kerbearer.rest.edge.arrival;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code Forwarded} (RFC 7239 section 4). */
final class Forwarded {

    private static final String FORWARDED = "Forwarded";
    private static final String FOR = "for";
    private static final String PROTO = "proto";

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Proxies also write IPv6 addresses and ports without quotes, which RFC 7239 section 6 does not allow. */
    private static final Pattern UNQUOTED = Pattern.compile("[^\"\\s]+");

    private Forwarded() {}

    /** Returns from whom each proxy received the request, the nearest proxy's entry last. */
    static List<Hop> hops(MultiMap headers) {
        List<Hop> hops = new ArrayList<>();
        headers.getAll(FORWARDED).forEach(field -> hops.addAll(hopsIn(field)));
        return hops;
    }

    /**
     * Returns the hops in one field. A client can open a quoted string that ends only in the element that a proxy
     * appends. Then the client's text and the proxy's text cannot be told apart, so the whole field is unreadable.
     */
    private static List<Hop> hopsIn(String field) {
        Optional<List<String>> elements = parted(field, ',');
        if (elements.isEmpty()) {
            return List.of(Hop.unreadable(field));
        }
        return elements.get().stream()
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .map(Forwarded::hop)
                .toList();
    }

    private static Hop hop(String element) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : parted(element, ';').orElse(List.of())) {
            String parameter = pair.strip();
            if (parameter.isEmpty()) {
                continue;
            }
            int sign = parameter.indexOf('=');
            String name = parameter.substring(0, Math.max(sign, 0)).toLowerCase(Locale.ROOT);
            Optional<String> value = value(parameter.substring(sign + 1));
            // RFC 7239 section 4: each parameter must not occur more than once per field-value.
            if (!TOKEN.matcher(name).matches() || value.isEmpty() || parameters.put(name, value.get()) != null) {
                return Hop.unreadable(element);
            }
        }
        Optional<Boolean> overTls = Optional.ofNullable(parameters.get(PROTO)).map("https"::equalsIgnoreCase);
        return Optional.ofNullable(parameters.get(FOR))
                .map(node -> Hop.of(node, overTls))
                .orElseGet(() -> new Hop(element, Optional.empty(), overTls));
    }

    /**
     * Returns the value of a token or a quoted string; empty if malformed. No regular expression is used: a regular
     * expression for quoted strings recurses, and a value may be as long as all headers together.
     */
    private static Optional<String> value(String text) {
        if (!text.startsWith("\"")) {
            return Optional.of(text).filter(token -> UNQUOTED.matcher(token).matches());
        }
        StringBuilder value = new StringBuilder();
        for (int i = 1; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"') {
                return i == text.length() - 1 ? Optional.of(value.toString()) : Optional.empty();
            }
            if (character == '\\' && i + 1 < text.length()) {
                i++;
                character = text.charAt(i);
            }
            value.append(character);
        }
        return Optional.empty();
    }

    /** Splits the text at that separator, except within quoted strings; empty if a quoted string has no end. */
    private static Optional<List<String>> parted(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"') {
                quoted = !quoted;
            } else if (quoted && character == '\\') {
                i++;
            } else if (!quoted && character == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return quoted ? Optional.empty() : Optional.of(parts);
    }
}
