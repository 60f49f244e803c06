package dev.kerbearer.rest.vedauth;

import dev.kerbearer.application.grant.RefreshGrant;
import dev.kerbearer.application.grant.RefreshRequest;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.Transport;
import dev.kerbearer.rest.edge.arrival.Arrival;
import dev.kerbearer.rest.edge.members.QuerySecrets;
import dev.kerbearer.rest.edge.members.RequestMembers;
import dev.kerbearer.rest.edge.members.WireMembers;
import dev.kerbearer.rest.edge.outcome.CallLog;
import dev.kerbearer.rest.edge.refusal.Unstored;
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

/** {@code POST authorize/token}: turns a refresh token into a new pair of tokens. */
@Path(VedauthFace.TOKEN)
public class AuthorizeTokenResource {

    private static final String REFRESH_TOKEN = "refresh_token";

    private final RefreshGrant refreshGrant;
    private final TokenCodec codec;
    private final Transport transport;
    private final InstantSource clock;

    AuthorizeTokenResource(RefreshGrant refreshGrant, TokenCodec codec, Transport transport, InstantSource clock) {
        this.refreshGrant = refreshGrant;
        this.codec = codec;
        this.transport = transport;
        this.clock = clock;
    }

    /** Gives the same answer again if the same token is presented again within the reuse leeway. */
    @Operation(
            summary = "Exchange a refresh token for new tokens",
            description = "Replaces both tokens of the grant, whose end does not change.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RefreshBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "The pair that is live now",
            content = @Content(schema = @Schema(implementation = TokenAnswer.class)))
    @APIResponse(
            responseCode = "400",
            description = "invalid_request, unsupported_grant_type, invalid_grant or unauthorized_client")
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
        QuerySecrets.refuse(context);
        RequestMembers members = RequestMembers.read(contentType, body);
        CallLog.noteClient(context, members.get(WireMembers.CLIENT_ID));
        grantTypeIsKnown(members);
        Origin origin = Arrival.originOf(context, Origin.Method.REFRESH_TOKEN);
        IssuedGrant issued = refreshGrant.refresh(
                new RefreshRequest(members.get(WireMembers.CLIENT_ID), members.get(WireMembers.REFRESH_TOKEN)), origin);
        return Unstored.ok(TokenAnswer.of(issued, codec, Optional.empty(), clock.instant()))
                .build();
    }

    private static void grantTypeIsKnown(RequestMembers members) {
        Optional<String> grantType = members.get(WireMembers.GRANT_TYPE).filter(type -> !type.isEmpty());
        if (!grantType.orElse(REFRESH_TOKEN).equals(REFRESH_TOKEN)) {
            throw Refusal.unsupportedGrantType().asException();
        }
    }
}
