package dev.kerbearer.rest.edge.arrival;

import io.quarkus.vertx.http.runtime.attribute.ExchangeAttribute;
import io.quarkus.vertx.http.runtime.attribute.ExchangeAttributeBuilder;
import io.quarkus.vertx.http.runtime.attribute.ReadOnlyAttributeException;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes Quarkus's access log write the same address as the audit log ({@code %h}, {@code %a} and their long names). */
public final class AccessLogAddress implements ExchangeAttributeBuilder, ExchangeAttribute {

    private static final Set<String> TOKENS = Set.of("%h", "%{REMOTE_HOST}", "%a", "%{REMOTE_IP}");

    /** Quarkus's own attributes have priorities up to 100. */
    private static final int BEFORE_QUARKUS = 200;

    /** Called by the service loader. */
    public AccessLogAddress() {}

    @Override
    public String name() {
        return "Where a call comes from";
    }

    @Override
    public @Nullable ExchangeAttribute build(String token) {
        return TOKENS.contains(token) ? this : null;
    }

    @Override
    public int priority() {
        return BEFORE_QUARKUS;
    }

    @Override
    public String readAttribute(RoutingContext context) {
        return Arrival.of(context).from().ip().toString();
    }

    @Override
    public void writeAttribute(RoutingContext context, String value) throws ReadOnlyAttributeException {
        throw new ReadOnlyAttributeException(name(), value);
    }
}
