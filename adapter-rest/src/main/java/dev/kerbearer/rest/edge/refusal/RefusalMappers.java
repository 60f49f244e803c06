package dev.kerbearer.rest.edge.refusal;

import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Kind;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.rest.edge.arrival.TraceId;
import dev.kerbearer.rest.edge.face.Faces;
import dev.kerbearer.rest.edge.queue.CallKind;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps exceptions to answers. */
public class RefusalMappers {

    private static final Logger LOG = Logger.getLogger(RefusalMappers.class);

    private final HttpAuthenticator authenticator;
    private final Faces faces;

    RefusalMappers(HttpAuthenticator authenticator, Faces faces) {
        this.authenticator = authenticator;
        this.faces = faces;
    }

    /** Answers a refused call that is not a sign-in. */
    @ServerExceptionMapper
    public Response refused(RefusedException refused, RoutingContext context) {
        return Refusals.answer(context, refused.refusal(), refused.parties());
    }

    /**
     * Answers a complete sign-in that is refused: a 401 carries bare challenges, and any other status carries the reply
     * for mutual authentication.
     */
    @ServerExceptionMapper
    public Uni<Response> refusedSignIn(RefusedSignInException refused, RoutingContext context) {
        if (AnswerHead.of(refused.refusal()).restartsSignIn()) {
            return challenged(refused.refusal(), refused.parties(), context);
        }
        Map<String, String> headers = refused.reply()
                .map(reply -> Map.of(HttpHeaders.WWW_AUTHENTICATE, reply))
                .orElse(Map.of());
        return Uni.createFrom().item(Refusals.answerSignIn(context, refused.refusal(), refused.parties(), headers));
    }

    /** Answers a request without a sign-in. */
    @ServerExceptionMapper
    public Uni<Response> unauthenticated(UnauthorizedException missing, RoutingContext context) {
        return challenged(Refusal.signInRequired(), Parties.UNKNOWN, context);
    }

    /** Answers a failed sign-in. A caller that must wait gets no challenge, because that would invite a new attempt. */
    @ServerExceptionMapper
    public Uni<Response> notAuthenticated(AuthenticationFailedException failed, RoutingContext context) {
        RefusedException refused = failed.getCause() instanceof RefusedException cause
                ? cause
                : Refusal.signInFailed("the credentials are not accepted", new Detail(String.valueOf(failed)))
                        .asException();
        if (refused.refusal().kind() == Kind.TOO_MANY_ATTEMPTS) {
            return Uni.createFrom()
                    .item(Refusals.answerSignIn(context, refused.refusal(), refused.parties(), Map.of()));
        }
        return challenged(refused.refusal(), refused.parties(), context);
    }

    private Uni<Response> challenged(Refusal refusal, Parties parties, RoutingContext context) {
        return authenticator.getChallenge(context).map(challenge -> {
            Map<String, String> headers = new HashMap<>();
            challenge.getHeaders().forEach((name, value) -> headers.put(name.toString(), value));
            return Refusals.answerSignIn(context, refusal, parties, headers);
        });
    }

    /** Answers if storage or a directory is unavailable. */
    @ServerExceptionMapper
    public Response unavailable(Unavailable away, RoutingContext context) {
        return Refusals.answer(context, Refusal.unavailable(away.what(), new Detail(String.valueOf(away.getCause()))));
    }

    /** Answers what the framework itself refuses: an unknown path, a wrong method, a body over its own limit. */
    @ServerExceptionMapper
    public Response framework(WebApplicationException refused, RoutingContext context) {
        return Refusals.answerOfFramework(context, refused.getResponse());
    }

    /** Answers an internal error of Kerbearer. */
    @ServerExceptionMapper
    public Response fault(Throwable fault, RoutingContext context) {
        LOG.errorf(fault, "An unexpected fault [trace %s]", TraceId.of(context));
        Detail detail = new Detail(fault.toString());
        return faces.kindOf(context.normalizedPath()) == CallKind.SIGN_IN
                ? Refusals.answerSignIn(context, Refusal.internalError(detail), Parties.UNKNOWN, Map.of())
                : Refusals.answer(context, Refusal.fault(detail));
    }
}
