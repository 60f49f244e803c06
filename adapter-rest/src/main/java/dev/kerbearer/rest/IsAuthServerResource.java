package dev.kerbearer.rest;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** {@code GET authorize/isAuthServer}: by which clients find out what they are talking to. */
@Path(WirePaths.IS_AUTH_SERVER)
public class IsAuthServerResource {

    /** Clients look for the middle of this phrase. */
    static final String PHRASE = "Kerbearer, compatible with Venafi Authentication Server";

    IsAuthServerResource() {}

    /** Answers in the reason phrase only. */
    @GET
    @NonBlocking
    public Response isAuthServer(RoutingContext context) {
        ReasonPhrase.set(context.response(), PHRASE);
        return Response.accepted().build();
    }
}
