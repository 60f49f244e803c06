package dev.kerbearer.rest.vedauth;

import dev.kerbearer.rest.edge.refusal.ReasonPhrase;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET authorize/isAuthServer}: tells clients which server they are talking to. */
@Path(VedauthFace.IS_AUTH_SERVER)
public class IsAuthServerResource {

    /** Clients look for the middle of this phrase. */
    static final String PHRASE = "Kerbearer, compatible with Venafi Authentication Server";

    IsAuthServerResource() {}

    /** Answers in the reason phrase only. */
    @Operation(summary = "Identify this server")
    @APIResponse(responseCode = "202", description = "The reason phrase identifies the server")
    @GET
    @NonBlocking
    public Response isAuthServer(@Context RoutingContext context) {
        ReasonPhrase.set(context.response(), PHRASE);
        return Response.accepted().build();
    }
}
