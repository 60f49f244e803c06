package dev.kerbearer.rest;

import dev.kerbearer.application.ClientSecret;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form that every call of the OAuth standards takes, and who it says it is from. */
final class OauthForm {

    static final String TOKEN = "token";
    static final String TOKEN_TYPE_HINT = "token_type_hint";

    private static final String CLIENT_SECRET = "client_secret";
    private static final Set<String> SECRET = Set.of(TOKEN, WireMembers.REFRESH_TOKEN, "access_token", CLIENT_SECRET);

    private final RequestMembers members;
    private final List<String> authorization;

    private OauthForm(RequestMembers members, List<String> authorization) {
        this.members = members;
        this.authorization = authorization;
    }

    /**
     * Reads a request. A secret in the query string is refused, since it was written into logs on its way.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_request} where it cannot be read
     */
    static OauthForm read(@Nullable String contentType, byte[] body, RoutingContext context) {
        requireNoSecretInQuery(context);
        return new OauthForm(
                RequestMembers.readForm(contentType, body),
                context.request().headers().getAll(HttpHeaders.AUTHORIZATION));
    }

    /**
     * A call that takes its tokens from the body says so, rather than pass over one that is in the logs by now.
     *
     * @throws RefusedException {@code invalid_request} where one is in the query string
     */
    static void requireNoSecretInQuery(RoutingContext context) {
        if (context.queryParams().names().stream().anyMatch(SECRET::contains)) {
            throw Refusal.malformedRequest("tokens and secrets belong into the body")
                    .asException();
        }
    }

    /** The parameter of that name; one without a value counts as absent (RFC 6749 section 3.2). */
    Optional<String> get(String name) {
        return members.get(name).filter(value -> !value.isEmpty());
    }

    /**
     * The {@code client_id} of a public client.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_client} where it tries to authenticate itself
     */
    Optional<String> publicClient() {
        if (!authorization.isEmpty() || get(CLIENT_SECRET).isPresent()) {
            throw Refusal.clientIsPublic().asException();
        }
        return get(WireMembers.CLIENT_ID);
    }

    /**
     * Id and secret by {@code client_secret_basic} or {@code client_secret_post} (RFC 6749 section 2.3.1); empty where
     * neither is there, or what is there is malformed.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_request} where it uses both
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
