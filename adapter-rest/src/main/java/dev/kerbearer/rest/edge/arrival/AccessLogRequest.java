package dev.kerbearer.rest.edge.arrival;

import io.quarkus.vertx.http.runtime.attribute.CookieAttribute;
import io.quarkus.vertx.http.runtime.attribute.ExchangeAttribute;
import io.quarkus.vertx.http.runtime.attribute.ExchangeAttributeBuilder;
import io.quarkus.vertx.http.runtime.attribute.QueryParameterAttribute;
import io.quarkus.vertx.http.runtime.attribute.QueryStringAttribute;
import io.quarkus.vertx.http.runtime.attribute.ReadOnlyAttributeException;
import io.quarkus.vertx.http.runtime.attribute.RequestHeaderAttribute;
import io.quarkus.vertx.http.runtime.attribute.RequestLineAttribute;
import io.quarkus.vertx.http.runtime.attribute.RequestPathAttribute;
import io.quarkus.vertx.http.runtime.attribute.RequestURLAttribute;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets out of Quarkus's access log. A careless client may send its token in the query, under any name. So the
 * log, with any pattern, shows neither queries nor header fields with credentials. No call of the service needs a
 * query.
 */
public final class AccessLogRequest implements ExchangeAttributeBuilder {

    /** Quarkus uses the same text for hidden values. */
    static final String HIDDEN = "<hidden>";

    /** Quarkus's own attributes have priorities up to 100. */
    private static final int BEFORE_QUARKUS = 200;

    /**
     * Matches from the first character that can begin a query, a fragment or a path parameter, even if this character
     * is escaped.
     */
    private static final Pattern AFTER_THE_PATH = Pattern.compile("([?#;]|%3[fFbB]|%23)[^ ]*");

    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");

    private static final String ALL_HEADERS = "%{ALL_REQUEST_HEADERS}";
    private static final String HEADER = "%{i,";

    /** Quarkus's attributes that may contain a secret, and what the log shows instead. */
    private static final Map<ExchangeAttributeBuilder, UnaryOperator<String>> MASKS = Map.of(
            new RequestLineAttribute.Builder(), AccessLogRequest::withoutQuery,
            new RequestURLAttribute.Builder(), AccessLogRequest::withoutQuery,
            new RequestPathAttribute.Builder(), AccessLogRequest::withoutQuery,
            new QueryStringAttribute.Builder(), AccessLogRequest::hidden,
            new QueryParameterAttribute.Builder(), AccessLogRequest::hidden,
            new CookieAttribute.Builder(), AccessLogRequest::hidden);

    /** Called by the service loader. */
    public AccessLogRequest() {}

    @Override
    public String name() {
        return "Requests without secrets";
    }

    @Override
    public @Nullable ExchangeAttribute build(String token) {
        if (token.equals(ALL_HEADERS)) {
            return new Shown(AccessLogRequest::headers);
        }
        @Nullable ExchangeAttribute header = new RequestHeaderAttribute.Builder().build(token);
        if (header != null) {
            String field = token.substring(HEADER.length(), token.length() - 1);
            return masked(header, value -> header(field, value));
        }
        return MASKS.entrySet().stream()
                .map(mask -> masked(mask.getKey().build(token), mask.getValue()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public int priority() {
        return BEFORE_QUARKUS;
    }

    private static @Nullable ExchangeAttribute masked(
            @Nullable ExchangeAttribute attribute, UnaryOperator<String> mask) {
        return attribute == null
                ? null
                : new Shown(context -> {
                    @Nullable String text = attribute.readAttribute(context);
                    return text == null ? null : mask.apply(text);
                });
    }

    private static String headers(RoutingContext context) {
        return context.request().headers().entries().stream()
                .map(field -> field.getKey() + ": " + header(field.getKey(), field.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** Shows a header field. The value of {@code Referer} may also contain a query. */
    static String header(String field, String value) {
        if (CREDENTIALS.contains(field.toLowerCase(Locale.ROOT))) {
            return HIDDEN;
        }
        boolean isUrl = value.startsWith("/") || value.contains("://");
        return isUrl ? withoutQuery(value) : value;
    }

    static String withoutQuery(String target) {
        return AFTER_THE_PATH.matcher(target).replaceAll("$1" + HIDDEN);
    }

    private static String hidden(String text) {
        return text.isEmpty() ? text : HIDDEN;
    }

    /** An attribute that can only be read. */
    private record Shown(Function<RoutingContext, @Nullable String> text) implements ExchangeAttribute {

        @Override
        public @Nullable String readAttribute(RoutingContext context) {
            return text.apply(context);
        }

        @Override
        public void writeAttribute(RoutingContext context, String value) throws ReadOnlyAttributeException {
            throw new ReadOnlyAttributeException("Requests without secrets", value);
        }
    }
}
