package dev.kerbearer.rest;

import dev.kerbearer.application.RevokeGrant;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** {@code GET revoke/token}: ends the whole grant of the bearer's token. */
@Path(WirePaths.REVOKE)
public class RevokeGrantResource {

    private final RevokeGrant revokeGrant;

    RevokeGrantResource(RevokeGrant revokeGrant) {
        this.revokeGrant = revokeGrant;
    }

    /** Answers in the reason phrase only, with an empty body. */
    @GET
    @Blocking
    public Response revoke(RoutingContext context) {
        Origin origin = new Origin(context.request().remoteAddress().hostAddress(), Origin.Method.BEARER);
        Optional<Grant> ended = BearerToken.of(context.request()).flatMap(token -> revokeGrant.revoke(token, origin));
        ReasonPhrase.set(
                context.response(),
                ended.map(grant -> "Grant for identity " + grant.identity() + " with scope "
                                + grant.scope().canonical() + " has been revoked")
                        .orElse("Grant revocation failed: token not found"));
        return Response.status(ended.isPresent() ? Response.Status.OK : Response.Status.ACCEPTED)
                .build();
    }
}
