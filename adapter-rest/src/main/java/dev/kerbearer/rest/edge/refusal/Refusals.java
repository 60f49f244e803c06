package dev.kerbearer.rest.edge.refusal;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.members.RequestMembers;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Turns refusals into HTTP answers: status, reason phrase, body and a log line. No other class does this. */
public final class Refusals {

    private static final Logger LOG = Logger.getLogger("dev.kerbearer.refusals");

    private static final int REQUEST_TIMEOUT = 408;
    private static final int PAYLOAD_TOO_LARGE = 413;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int TOO_MANY_REQUESTS = 429;

    private static final String UNAUTHORIZED = HttpResponseStatus.UNAUTHORIZED.reasonPhrase();

    /** Long enough for a database to recover, short enough for a person to wait. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private Refusals() {}

    /** Returns the answer for a call that is not a sign-in. */
    public static Response answer(RoutingContext context, Refusal refusal) {
        return answer(context, refusal, status(refusal), Map.of());
    }

    /** Returns the answer for a sign-in call. Its status is 401 if other calls would get 503. */
    static Response answerSignIn(RoutingContext context, Refusal refusal, Map<String, String> headers) {
        int status = refusal instanceof Refusal.Unavailable ? 401 : status(refusal);
        return answer(context, refusal, status, headers);
    }

    /** Returns the answer for what HTTP itself refuses, with the status and headers that the framework chose. */
    static Response answerOfFramework(RoutingContext context, Response chosen) {
        Map<String, String> headers = new HashMap<>();
        chosen.getStringHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        int status = chosen.getStatus();
        String phrase = HttpResponseStatus.valueOf(status).reasonPhrase();
        Refusal refusal = status == PAYLOAD_TOO_LARGE
                ? Refusal.bodyTooLarge(RequestMembers.MAX_BODY)
                : status >= 500 ? Refusal.fault(new Detail(phrase)) : Refusal.noSuchCall(phrase);
        return answer(context, refusal, status, headers);
    }

    /** Answers a call for which no work is done. It is logged only at debug level. */
    public static void answerAtTheEdge(RoutingContext context, Refusal refusal) {
        answerAtTheEdge(
                context,
                status(refusal),
                refusal,
                refusal instanceof Refusal.Unavailable
                        ? Map.of(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                        : Map.of());
    }

    /** Answers likewise, with the given status and headers. */
    public static void answerAtTheEdge(
            RoutingContext context, int status, Refusal refusal, Map<String, String> headers) {
        String traceId = TraceId.of(context);
        LOG.debugf("%d %s: %s [trace %s]", status, refusal.code(), refusal.description(), traceId);
        ReasonPhrase.set(context.response(), refusal.description());
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Pragma", "no-cache")
                .putHeader(TraceId.HEADER, traceId);
        headers.forEach(context.response()::putHeader);
        EarlyAnswer.end(
                context,
                new JsonObject()
                        .put("error", refusal.code())
                        .put("error_description", refusal.description())
                        .toBuffer());
    }

    /** Returns whether a refused sign-in call must start again with a challenge. */
    static boolean wantsChallenge(Refusal refusal) {
        return refusal instanceof Refusal.AccessDenied || refusal instanceof Refusal.Unavailable;
    }

    private static Response answer(RoutingContext context, Refusal refusal, int status, Map<String, String> headers) {
        String traceId = TraceId.of(context);
        log(refusal, status, traceId);
        ReasonPhrase.set(context.response(), phrase(refusal));
        Response.ResponseBuilder answer = Unstored.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(TraceId.HEADER, traceId)
                .entity(new ErrorAnswer(refusal.code(), refusal.description()));
        headers.forEach((name, value) -> valuesOf(name, value).forEach(one -> answer.header(name, one)));
        if (refusal instanceof Refusal.Unavailable) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (refusal instanceof Refusal.TooManyAttempts tooMany) {
            answer.header(HttpHeaders.RETRY_AFTER, wholeSeconds(tooMany.retryAfter()));
        }
        if (refusal instanceof Refusal.InvalidToken) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        }
        if (refusal instanceof Refusal.UnknownClient) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Kerbearer\"");
        }
        return answer.build();
    }

    /**
     * Returns the reason phrase. A widely used client renews its token only if the status line is exactly {@code 401
     * Unauthorized}.
     */
    private static String phrase(Refusal refusal) {
        return refusal instanceof Refusal.InvalidToken ? UNAUTHORIZED : refusal.description();
    }

    /** Rounds up, so that a client that waits this long has waited long enough. */
    private static long wholeSeconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }

    /**
     * Splits a list of challenges (RFC 9110 section 11.6.1), because several clients read only one challenge per field.
     */
    private static List<String> valuesOf(String name, String value) {
        return name.equalsIgnoreCase(HttpHeaders.WWW_AUTHENTICATE) ? List.of(value.split(", ")) : List.of(value);
    }

    /** Returns the status of a refusal in a call that is not a sign-in. */
    static int status(Refusal refusal) {
        if (refusal instanceof Refusal.AccessDenied
                || refusal instanceof Refusal.InvalidToken
                || refusal instanceof Refusal.UnknownClient) {
            return 401;
        }
        if (refusal instanceof Refusal.Unavailable) {
            return 503;
        }
        if (refusal instanceof Refusal.TooLarge) {
            return PAYLOAD_TOO_LARGE;
        }
        if (refusal instanceof Refusal.NotWhole) {
            return REQUEST_TIMEOUT;
        }
        if (refusal instanceof Refusal.TooManyAttempts) {
            return TOO_MANY_REQUESTS;
        }
        if (refusal instanceof Refusal.UnsupportedType) {
            return UNSUPPORTED_MEDIA_TYPE;
        }
        return refusal instanceof Refusal.Fault ? 500 : 400;
    }

    private static void log(Refusal refusal, int status, String traceId) {
        String detail = refusal.detail()
                .map(Detail::text)
                .map(text -> " (" + text + ")")
                .orElse("");
        boolean ours = refusal instanceof Refusal.Unavailable || refusal instanceof Refusal.Fault;
        // The challenges of a normal sign-in and calls refused under overload are routine.
        boolean quiet = refusal.equals(Refusal.signInRequired())
                || refusal.equals(Refusal.signInContinues())
                || refusal.equals(Refusal.overloaded());
        Logger.Level level = quiet ? Logger.Level.DEBUG : ours ? Logger.Level.ERROR : Logger.Level.INFO;
        LOG.logf(
                level,
                "%d %s: %s%s [trace %s]",
                status,
                refusal.code(),
                refusal.description(),
                ReasonPhrase.printable(detail),
                traceId);
    }
}
