package dev.kerbearer.rest.vedauth;

import dev.kerbearer.application.grant.RevokeGrant;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.rest.edge.arrival.Arrival;
import dev.kerbearer.rest.edge.members.BearerToken;
import dev.kerbearer.rest.edge.members.Credentials;
import dev.kerbearer.rest.edge.refusal.ReasonPhrase;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** {@code GET revoke/token}: ends the whole grant of the bearer's token. */
@Path(VedauthFace.REVOKE)
public class RevokeGrantResource {

    private final RevokeGrant revokeGrant;

    RevokeGrantResource(RevokeGrant revokeGrant) {
        this.revokeGrant = revokeGrant;
    }

    /** Answers in the reason phrase only, with an empty body. */
    @Operation(summary = "End the whole grant of the bearer's access token")
    @APIResponse(responseCode = "200", description = "Ended; the reason phrase names the grant's identity and scope")
    @APIResponse(responseCode = "202", description = "There is no valid token")
    @APIResponse(responseCode = "503", description = "server_error: the grant cannot be ended now")
    @SecurityRequirement(name = Credentials.ACCESS_TOKEN)
    @GET
    @Blocking
    public Response revoke(@Context RoutingContext context) {
        Origin origin = Arrival.originOf(context, Origin.Method.BEARER);
        Optional<Grant> ended = BearerToken.of(context.request()).flatMap(token -> revokeGrant.revoke(token, origin));
        ReasonPhrase.set(
                context.response(),
                ended.map(grant -> "Grant for identity " + grant.identity() + " with scope "
                                + grant.scope().canonical() + " has been revoked")
                        .orElse("Grant revocation failed: token not found"));
        return Response.status(ended.isPresent() ? Response.Status.OK : Response.Status.ACCEPTED)
                .build();
    }

    /**
     * Refuses HEAD: it must answer as GET would but change nothing (RFC 9110 section 9.3.2), which is impossible here.
     */
    @Operation(hidden = true)
    @HEAD
    public Response head() {
        throw new NotAllowedException(HttpMethod.GET);
    }
}
