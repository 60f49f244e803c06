package dev.kerbearer.rest.edge.members;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;

/** Refuses secrets in a query string, because query strings end up in logs. */
public final class QuerySecrets {

    private static final Set<String> NAMES =
            Set.of("token", WireMembers.REFRESH_TOKEN, "access_token", "client_secret", "password");

    private QuerySecrets() {}

    /**
     * Refuses a call with a secret in the query string, instead of ignoring the secret. The call takes its secrets from
     * the body.
     *
     * @throws RefusedException {@code invalid_request} if there is one
     */
    public static void refuse(RoutingContext context) {
        if (areIn(context.request())) {
            throw Refusal.malformedRequest("tokens and secrets belong into the body")
                    .asException();
        }
    }

    /** Returns whether the query has a parameter for a secret. Names are compared case-insensitively. */
    static boolean areIn(HttpServerRequest request) {
        return request.query() != null
                && request.params().names().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .anyMatch(NAMES::contains);
    }
}
