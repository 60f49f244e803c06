package dev.kerbearer.rest.edge.refusal;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** By what an answer and its lines in the log find each other; made up, and of no other meaning. */
public final class TraceId {

    private static final String KEY = TraceId.class.getName();

    private TraceId() {}

    /** The id of this request. */
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
