package dev.kerbearer.rest.edge.members;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** Refuses secrets in a query string, because query strings end up in logs. */
public final class QuerySecrets {

    private static final Set<String> NAMES =
            Set.of("token", WireMembers.REFRESH_TOKEN, "access_token", "client_secret");

    private QuerySecrets() {}

    /**
     * Refuses a call with a secret in the query string, instead of ignoring the secret. The call takes its secrets from
     * the body.
     *
     * @throws RefusedException {@code invalid_request} if there is one
     */
    public static void refuse(RoutingContext context) {
        if (context.queryParams().names().stream().anyMatch(NAMES::contains)) {
            throw Refusal.malformedRequest("tokens and secrets belong into the body")
                    .asException();
        }
    }
}
