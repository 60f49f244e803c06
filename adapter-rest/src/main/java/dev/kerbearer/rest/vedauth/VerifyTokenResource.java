package dev.kerbearer.rest.vedauth;

import dev.kerbearer.application.grant.VerifyToken;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.members.BearerToken;
import dev.kerbearer.rest.edge.members.Credentials;
import dev.kerbearer.rest.edge.refusal.ReasonPhrase;
import dev.kerbearer.rest.edge.refusal.Unstored;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** {@code GET authorize/verify}: returns the details of the bearer's token. */
@Path(VedauthFace.VERIFY)
public class VerifyTokenResource {

    private final VerifyToken verifyToken;

    VerifyTokenResource(VerifyToken verifyToken) {
        this.verifyToken = verifyToken;
    }

    /** Answers 401 {@code invalid_token} if the token is not a live access token. */
    @Operation(summary = "Return the details of the bearer's access token")
    @APIResponse(
            responseCode = "200",
            description = "The token is valid",
            content = @Content(schema = @Schema(implementation = VerifyAnswer.class)))
    @APIResponse(responseCode = "401", description = "invalid_token")
    @APIResponse(responseCode = "503", description = "server_error: the token cannot be checked now; it may be valid")
    @SecurityRequirement(name = Credentials.ACCESS_TOKEN)
    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    public Response verify(@Context RoutingContext context) {
        String token = BearerToken.of(context.request())
                .orElseThrow(() -> Refusal.invalidToken().asException());
        Grant grant = verifyToken.verify(token);
        ReasonPhrase.set(context.response(), "Token is valid");
        return Unstored.ok(VerifyAnswer.of(grant)).build();
    }
}
