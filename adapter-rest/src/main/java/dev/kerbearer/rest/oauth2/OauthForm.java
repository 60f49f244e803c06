package dev.kerbearer.rest.oauth2;

import dev.kerbearer.application.grant.ClientSecret;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.members.QuerySecrets;
import dev.kerbearer.rest.edge.members.RequestMembers;
import dev.kerbearer.rest.edge.members.WireMembers;
import dev.kerbearer.rest.edge.outcome.CallLog;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The form that every call of the OAuth standards takes, and the client that it names. */
public final class OauthForm {

    static final String TOKEN = "token";
    static final String TOKEN_TYPE_HINT = "token_type_hint";

    private static final String CLIENT_SECRET = "client_secret";

    private final RequestMembers members;
    private final List<String> authorization;

    private OauthForm(RequestMembers members, List<String> authorization) {
        this.members = members;
        this.authorization = authorization;
    }

    /**
     * Reads a request. A secret in the query string is refused, because query strings end up in logs.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_request} if it cannot be read
     */
    static OauthForm read(@Nullable String contentType, byte[] body, RoutingContext context) {
        QuerySecrets.refuse(context);
        RequestMembers members = RequestMembers.readForm(contentType, body);
        CallLog.noteClient(context, members.get(WireMembers.CLIENT_ID));
        return new OauthForm(members, context.request().headers().getAll(HttpHeaders.AUTHORIZATION));
    }

    /** Returns the parameter of that name; a parameter without a value counts as absent (RFC 6749 section 3.2). */
    Optional<String> get(String name) {
        return members.get(name).filter(value -> !value.isEmpty());
    }

    /**
     * Returns the {@code client_id} of a public client.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_client} if the client tries to authenticate
     */
    Optional<String> publicClient() {
        if (!authorization.isEmpty() || get(CLIENT_SECRET).isPresent()) {
            throw Refusal.clientIsPublic().asException();
        }
        return get(WireMembers.CLIENT_ID);
    }

    /**
     * Returns id and secret by {@code client_secret_basic} or {@code client_secret_post} (RFC 6749 section 2.3.1);
     * empty if they are missing or malformed.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_request} if the client uses both
     */
    Optional<ClientSecret> clientSecret() {
        Optional<String> posted = get(CLIENT_SECRET);
        if (!authorization.isEmpty() && posted.isPresent()) {
            throw Refusal.malformedRequest("a client authenticates itself in one way only")
                    .asException();
        }
        return authorization.isEmpty()
                ? get(WireMembers.CLIENT_ID).flatMap(id -> posted.map(secret -> new ClientSecret(id, secret)))
                : BasicCredentials.in(authorization);
    }
}
