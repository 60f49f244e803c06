package dev.kerbearer.rest.vedauth;

import dev.kerbearer.application.grant.Authorization;
import dev.kerbearer.application.grant.AuthorizeIntegrated;
import dev.kerbearer.application.grant.AuthorizeRequest;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignIn;
import dev.kerbearer.rest.edge.Transport;
import dev.kerbearer.rest.edge.arrival.Arrival;
import dev.kerbearer.rest.edge.arrival.TraceId;
import dev.kerbearer.rest.edge.members.Credentials;
import dev.kerbearer.rest.edge.members.RequestMembers;
import dev.kerbearer.rest.edge.members.WireMembers;
import dev.kerbearer.rest.edge.outcome.CallLog;
import dev.kerbearer.rest.edge.outcome.Outcomes;
import dev.kerbearer.rest.edge.refusal.RefusedSignInException;
import dev.kerbearer.rest.edge.refusal.Unstored;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code POST authorize/integrated}: turns a Windows sign-in into tokens. */
@Path(VedauthFace.AUTHORIZE_INTEGRATED)
public class AuthorizeIntegratedResource {

    private static final Logger LOG = Logger.getLogger(AuthorizeIntegratedResource.class);

    private final AuthorizeIntegrated authorizeIntegrated;
    private final TokenCodec codec;
    private final SecurityIdentity caller;
    private final Transport transport;
    private final InstantSource clock;

    AuthorizeIntegratedResource(
            AuthorizeIntegrated authorizeIntegrated,
            TokenCodec codec,
            SecurityIdentity caller,
            Transport transport,
            InstantSource clock) {
        this.authorizeIntegrated = authorizeIntegrated;
        this.codec = codec;
        this.caller = caller;
        this.transport = transport;
        this.clock = clock;
    }

    /**
     * Reads the body after the sign-in, with any content type. The body is not a parameter of the method, because
     * parameters are read before the sign-in.
     */
    @Operation(
            summary = "Exchange a Windows sign-in for tokens",
            description = "Requires Authorization: Negotiate with a Kerberos ticket for this service (RFC 4559).")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AuthorizeBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "A grant was recorded",
            content = @Content(schema = @Schema(implementation = TokenAnswer.class)))
    @APIResponse(
            responseCode = "400",
            description = "invalid_request, invalid_client, invalid_scope, invalid_grant or unauthorized_client")
    @APIResponse(
            responseCode = "401",
            description = "A challenge; access_denied, or server_error if nothing can be recorded now")
    @APIResponse(responseCode = "429", description = "access_denied: too many sign-ins have failed")
    @SecurityRequirement(name = Credentials.WINDOWS_SIGN_IN)
    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response authorize(@Context RoutingContext context) {
        SignIn signIn = signedIn(context);
        try {
            Authorization authorization = authorizeIntegrated.authorize(signIn, () -> {
                transport.requireSafeForTokens(context);
                RequestMembers members =
                        RequestMembers.read(context.request().getHeader(HttpHeaders.CONTENT_TYPE), bodyOf(context));
                CallLog.noteClient(context, members.get(WireMembers.CLIENT_ID));
                return request(members);
            });
            Outcomes.granted(context, signIn, authorization.issued().grant());
            Response.ResponseBuilder answer =
                    Unstored.ok(TokenAnswer.of(authorization.issued(), codec, authorization.state(), clock.instant()));
            signIn.reply().ifPresent(reply -> answer.header(HttpHeaders.WWW_AUTHENTICATE, reply));
            return answer.build();
        } catch (RefusedException refused) {
            throw new RefusedSignInException(refused, signIn);
        } catch (RuntimeException fault) {
            LOG.errorf(fault, "An unexpected fault [trace %s]", TraceId.of(context));
            Refusal refusal = Refusal.internalError(new Detail(fault.toString()));
            throw new RefusedSignInException(refusal.asException(), signIn);
        }
    }

    /**
     * Signs the caller in, on this thread. With an annotation, Quarkus signs in on another thread. The two changes of
     * thread cost as much as most of the work.
     */
    private SignIn signedIn(RoutingContext context) {
        Arrival.keepAddress(context);
        if (caller.isAnonymous()) {
            throw new UnauthorizedException();
        }
        return caller.getAttribute(SignIn.class.getName());
    }

    private static byte[] bodyOf(RoutingContext context) {
        @Nullable Buffer body = context.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    private static AuthorizeRequest request(RequestMembers members) {
        return new AuthorizeRequest(
                members.get(WireMembers.CLIENT_ID), members.get(WireMembers.SCOPE), members.get(WireMembers.STATE));
    }
}
