package dev.kerbearer.rest.oauth2;

import dev.kerbearer.application.grant.IdentifyClient;
import dev.kerbearer.application.grant.PresentedToken;
import dev.kerbearer.application.grant.RevokeToken;
import dev.kerbearer.rest.edge.arrival.Arrival;
import dev.kerbearer.rest.edge.refusal.Unstored;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /oauth2/revoke}: ends the whole grant of a token (RFC 7009). */
@Path(Oauth2Face.REVOKE)
public class RevokeTokenResource {

    private final IdentifyClient identifyClient;
    private final RevokeToken revokeToken;

    RevokeTokenResource(IdentifyClient identifyClient, RevokeToken revokeToken) {
        this.identifyClient = identifyClient;
        this.revokeToken = revokeToken;
    }

    /** Gives the same answer for an invalid token as for a token that was just revoked. */
    @Operation(
            summary = "End the whole grant of an access or refresh token (RFC 7009)",
            description = "Clients are public. The client_id must be that of the token's client.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema = @Schema(implementation = PresentedTokenBody.class)))
    @APIResponse(responseCode = "200", description = "The token is not valid now")
    @APIResponse(responseCode = "400", description = "invalid_request, or invalid_grant for another client's token")
    @APIResponse(responseCode = "401", description = "invalid_client")
    @APIResponse(responseCode = "503", description = "server_error: the grant cannot be ended now")
    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    public Response revoke(
            byte[] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context RoutingContext context) {
        OauthForm form = OauthForm.read(contentType, body, context);
        revokeToken.revoke(
                identifyClient.identify(form.publicClient()),
                PresentedToken.of(form.get(OauthForm.TOKEN), form.get(OauthForm.TOKEN_TYPE_HINT)),
                Arrival.of(context).from());
        return Unstored.status(200).build();
    }
}
