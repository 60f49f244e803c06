package dev.kerbearer.rest.oauth2;

import dev.kerbearer.application.grant.IntrospectToken;
import dev.kerbearer.application.grant.PresentedToken;
import dev.kerbearer.rest.edge.members.Credentials;
import dev.kerbearer.rest.edge.refusal.Unstored;
import dev.kerbearer.rest.token.Issuer;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** {@code POST /oauth2/introspect}: tells a resource server the details of a token (RFC 7662). */
@Path(Oauth2Face.INTROSPECT)
public class IntrospectTokenResource {

    private final IntrospectToken introspectToken;
    private final Issuer issuer;

    IntrospectTokenResource(IntrospectToken introspectToken, Issuer issuer) {
        this.introspectToken = introspectToken;
        this.issuer = issuer;
    }

    /** Answers "not active" unless the token is live and the resource server may see it. */
    @Operation(
            summary = "Return the details of a token to a resource server (RFC 7662)",
            description = "Requires the resource server's id and secret by client_secret_basic or client_secret_post.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema = @Schema(implementation = PresentedTokenBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "The details of the token, or that it is not active",
            content = @Content(schema = @Schema(implementation = IntrospectionAnswer.class)))
    @APIResponse(responseCode = "400", description = "invalid_request")
    @APIResponse(responseCode = "401", description = "invalid_client")
    @APIResponse(responseCode = "503", description = "server_error: the token cannot be checked now; it may be valid")
    @SecurityRequirement(name = Credentials.RESOURCE_SERVER)
    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response introspect(
            byte[] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context RoutingContext context) {
        OauthForm form = OauthForm.read(contentType, body, context);
        IntrospectionAnswer answer = introspectToken
                .introspect(
                        form.clientSecret(),
                        () -> PresentedToken.of(form.get(OauthForm.TOKEN), form.get(OauthForm.TOKEN_TYPE_HINT)))
                .map(token -> IntrospectionAnswer.of(token, issuer.url()))
                .orElse(IntrospectionAnswer.NOT_ACTIVE);
        return Unstored.ok(answer).build();
    }
}
