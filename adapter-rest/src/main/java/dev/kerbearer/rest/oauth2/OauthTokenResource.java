package dev.kerbearer.rest.oauth2;

import dev.kerbearer.application.grant.RefreshAsClient;
import dev.kerbearer.application.grant.RefreshRequest;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.Transport;
import dev.kerbearer.rest.edge.arrival.Arrival;
import dev.kerbearer.rest.edge.members.WireMembers;
import dev.kerbearer.rest.edge.refusal.Unstored;
import dev.kerbearer.rest.token.OauthScope;
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
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /oauth2/token}: refreshes by RFC 6749 section 6, on the same grants as the VEDauth call. */
@Path(Oauth2Face.TOKEN)
public class OauthTokenResource {

    private static final String REFRESH_TOKEN = "refresh_token";

    private final RefreshAsClient refreshAsClient;
    private final TokenCodec codec;
    private final Transport transport;
    private final InstantSource clock;

    OauthTokenResource(RefreshAsClient refreshAsClient, TokenCodec codec, Transport transport, InstantSource clock) {
        this.refreshAsClient = refreshAsClient;
        this.codec = codec;
        this.transport = transport;
        this.clock = clock;
    }

    /** Gives the same answer again if the same token is presented again within the reuse leeway. */
    @Operation(
            summary = "Exchange a refresh token for new tokens (RFC 6749)",
            description = "Replaces both tokens of the grant, whose end does not change. Clients are public.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema = @Schema(implementation = OauthTokenBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "The pair that is live now",
            content = @Content(schema = @Schema(implementation = OauthTokenAnswer.class)))
    @APIResponse(
            responseCode = "400",
            description =
                    "invalid_request, unsupported_grant_type, invalid_grant, invalid_scope or unauthorized_client")
    @APIResponse(responseCode = "401", description = "invalid_client")
    @APIResponse(responseCode = "503", description = "server_error: nothing was replaced, and the token stays valid")
    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response token(
            byte[] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context RoutingContext context) {
        transport.requireSafeForTokens(context);
        OauthForm form = OauthForm.read(contentType, body, context);
        grantTypeIsRefresh(form);
        Origin origin = Arrival.originOf(context, Origin.Method.REFRESH_TOKEN);
        IssuedGrant issued = refreshAsClient.refresh(form.publicClient(), client -> request(client, form), origin);
        return Unstored.ok(OauthTokenAnswer.of(issued, codec, clock.instant())).build();
    }

    private static RefreshRequest request(ClientId client, OauthForm form) {
        return new RefreshRequest(
                Optional.of(client.value()),
                form.get(WireMembers.REFRESH_TOKEN),
                form.get(WireMembers.SCOPE).map(OauthScope::parse));
    }

    private static void grantTypeIsRefresh(OauthForm form) {
        String grantType = form.get(WireMembers.GRANT_TYPE)
                .orElseThrow(() -> Refusal.grantTypeMissing().asException());
        if (!grantType.equals(REFRESH_TOKEN)) {
            throw Refusal.unsupportedGrantType().asException();
        }
    }
}
