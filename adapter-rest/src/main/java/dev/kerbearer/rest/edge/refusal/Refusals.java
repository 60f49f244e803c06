package dev.kerbearer.rest.edge.refusal;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Kind;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.arrival.TraceId;
import dev.kerbearer.rest.edge.members.RequestMembers;
import dev.kerbearer.rest.edge.outcome.CallLog;
import dev.kerbearer.rest.edge.outcome.Outcomes;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Turns refusals into HTTP answers: head ({@link AnswerHead}), body and a log line. No other class does this. */
public final class Refusals {

    private static final Logger LOG = Logger.getLogger("dev.kerbearer.refusals");

    private static final int PAYLOAD_TOO_LARGE = 413;

    private Refusals() {}

    /** Returns the answer for a call that is not a sign-in. */
    public static Response answer(RoutingContext context, Refusal refusal) {
        return answer(context, refusal, Parties.UNKNOWN);
    }

    /** Returns the answer for a call that is not a sign-in. */
    static Response answer(RoutingContext context, Refusal refusal, Parties parties) {
        return answer(context, refusal, parties, AnswerHead.of(refusal), Map.of());
    }

    /** Returns the answer for a sign-in call. Its status is 401 if other calls would get 503. */
    static Response answerSignIn(
            RoutingContext context, Refusal refusal, Parties parties, Map<String, String> headers) {
        Outcomes.signInRefused(context, refusal);
        return answer(context, refusal, parties, AnswerHead.of(refusal).inSignIn(), headers);
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
        return answer(context, refusal, Parties.UNKNOWN, AnswerHead.of(refusal).withStatus(status), headers);
    }

    /** Answers a call for which no work is done. It is logged only at debug level. */
    public static void answerAtTheEdge(RoutingContext context, Refusal refusal) {
        AnswerHead head = AnswerHead.of(refusal);
        answerAtTheEdge(context, head.status(), refusal, head.headers());
    }

    /** Answers likewise, with the given status and headers. */
    public static void answerAtTheEdge(
            RoutingContext context, int status, Refusal refusal, Map<String, String> headers) {
        Outcomes.refused(context, refusal);
        CallLog.write(LOG, Logger.Level.DEBUG, context, Parties.UNKNOWN, inWords(status, refusal));
        ReasonPhrase.set(context.response(), refusal.description());
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Pragma", "no-cache")
                .putHeader(TraceId.HEADER, TraceId.of(context));
        headers.forEach(context.response()::putHeader);
        EarlyAnswer.end(
                context,
                new JsonObject()
                        .put("error", refusal.code())
                        .put("error_description", refusal.description())
                        .toBuffer());
    }

    /** Answers a fault outside the calls, and logs it. */
    public static void answerFaultAtTheEdge(RoutingContext context, @Nullable Throwable fault) {
        LOG.errorf(fault, "An unexpected fault [trace %s]", TraceId.of(context));
        answerAtTheEdge(context, Refusal.fault(new Detail(String.valueOf(fault))));
    }

    private static Response answer(
            RoutingContext context, Refusal refusal, Parties parties, AnswerHead head, Map<String, String> headers) {
        Outcomes.refused(context, refusal);
        CallLog.write(LOG, levelOf(refusal), context, parties, inWords(head.status(), refusal));
        ReasonPhrase.set(context.response(), head.phrase());
        Response.ResponseBuilder answer = Unstored.status(head.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(TraceId.HEADER, TraceId.of(context))
                .entity(new ErrorAnswer(refusal.code(), refusal.description()));
        headers.forEach((name, value) -> valuesOf(name, value).forEach(one -> answer.header(name, one)));
        head.headers().forEach(answer::header);
        return answer.build();
    }

    /**
     * Splits a list of challenges (RFC 9110 section 11.6.1), because several clients read only one challenge per field.
     */
    private static List<String> valuesOf(String name, String value) {
        return name.equalsIgnoreCase(HttpHeaders.WWW_AUTHENTICATE) ? List.of(value.split(", ")) : List.of(value);
    }

    /** The challenges of a normal sign-in and calls refused under overload are routine. */
    private static Logger.Level levelOf(Refusal refusal) {
        return switch (refusal.cause()) {
            case CHALLENGE, OVERLOADED -> Logger.Level.DEBUG;
            default ->
                refusal.kind() == Kind.UNAVAILABLE || refusal.kind() == Kind.FAULT
                        ? Logger.Level.ERROR
                        : Logger.Level.INFO;
        };
    }

    private static String inWords(int status, Refusal refusal) {
        String detail = refusal.detail()
                .map(Detail::text)
                // The fields of the log line are in square brackets. A detail must not look like such a field.
                .map(text -> " (" + text.replace('[', '(').replace(']', ')') + ")")
                .orElse("");
        return status + " " + refusal.code() + ": " + refusal.description() + ReasonPhrase.printable(detail);
    }
}
