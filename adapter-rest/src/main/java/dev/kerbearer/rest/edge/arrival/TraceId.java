package dev.kerbearer.rest.edge.arrival;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The random id that links an answer to its log and audit lines. The id has no other meaning. */
public final class TraceId {

    /** The response header with the id. */
    public static final String HEADER = "X-Trace-Id";

    private static final String KEY = TraceId.class.getName();

    private TraceId() {}

    /** Returns the id of this request. */
    public static String of(RoutingContext context) {
        String known = context.get(KEY);
        if (known != null) {
            return known;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String made =
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
        context.put(KEY, made);
        return made;
    }
}
