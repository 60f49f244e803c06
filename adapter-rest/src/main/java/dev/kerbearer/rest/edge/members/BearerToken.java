package dev.kerbearer.rest.edge.members;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The token of the {@code Authorization} header (RFC 6750 section 2.1), the only place where a token is accepted. */
public final class BearerToken {

    /** Long enough for a JWT with the longest scope. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)Bearer +([A-Za-z0-9._~+/-]{1,8192}=*) *");

    private BearerToken() {}

    /**
     * Returns the token; empty if there is none or more than one. Also empty if there is a token in the query string,
     * because query strings end up in logs.
     */
    public static Optional<String> of(HttpServerRequest request) {
        return QuerySecrets.areIn(request)
                ? Optional.empty()
                : in(request.headers().getAll(HttpHeaders.AUTHORIZATION));
    }

    /** Returns the token in the values of the header. */
    static Optional<String> in(List<String> headers) {
        if (headers.size() != 1) {
            return Optional.empty();
        }
        Matcher credentials = CREDENTIALS.matcher(headers.get(0));
        return credentials.matches() ? Optional.of(credentials.group(1)) : Optional.empty();
    }
}
