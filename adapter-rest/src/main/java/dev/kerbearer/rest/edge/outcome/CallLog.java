package dev.kerbearer.rest.edge.outcome;

import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.rest.edge.arrival.Arrival;
import dev.kerbearer.rest.edge.arrival.TraceId;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Writes log lines about a call. Each line has the address and the trace id of the call, and the user and the client if
 * they are known. The same values are in the MDC, where JSON logs show them as fields.
 */
public final class CallLog {

    private static final String CLIENT = CallLog.class.getName() + ".client";

    private static final int LONGEST = 200;

    private CallLog() {}

    /** Stores the client that a call names, for the log lines about the call. */
    public static void noteClient(RoutingContext context, Optional<String> clientId) {
        clientId.ifPresent(id -> context.put(CLIENT, id));
    }

    /**
     * Writes a line.
     *
     * @param parties the user and the client of the call, as far as the decision knows them
     * @param what the outcome of the call
     */
    public static void write(Logger log, Logger.Level level, RoutingContext context, Parties parties, String what) {
        if (!log.isEnabled(level)) {
            return;
        }
        Map<String, String> fields = fields(context, parties);
        fields.forEach(MDC::put);
        try {
            log.log(
                    level,
                    fields.entrySet().stream()
                            .map(field -> field.getKey() + " " + field.getValue())
                            .collect(Collectors.joining("; ", what + " [", "]")));
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }

    private static Map<String, String> fields(RoutingContext context, Parties parties) {
        Optional<String> noted = Optional.ofNullable(context.get(CLIENT));
        Parties known = parties.or(new Parties(Optional.empty(), noted));
        Map<String, String> fields = new LinkedHashMap<>();
        known.user().ifPresent(user -> fields.put("user", clean(user)));
        known.client().ifPresent(client -> fields.put("client", clean(client)));
        fields.put("from", clean(Arrival.of(context).from().toString()));
        fields.put("trace", TraceId.of(context));
        return fields;
    }

    /**
     * Makes a client's text safe for a log line. It replaces control characters, invisible characters and the
     * separators of fields, and it cuts long text. Letters of all languages stay.
     */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(character -> isPlain(character) ? character : '?')
                .forEach(clean::appendCodePoint);
        return text.codePointCount(0, text.length()) > LONGEST
                ? clean.append("...").toString()
                : clean.toString();
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> character != ';' && character != '[' && character != ']';
        };
    }
}
