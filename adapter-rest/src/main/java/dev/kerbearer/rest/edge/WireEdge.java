package dev.kerbearer.rest.edge;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.arrival.Arrival;
import dev.kerbearer.rest.edge.connection.WatchedConnection;
import dev.kerbearer.rest.edge.face.Call;
import dev.kerbearer.rest.edge.face.Faces;
import dev.kerbearer.rest.edge.members.RequestMembers;
import dev.kerbearer.rest.edge.outcome.Outcomes;
import dev.kerbearer.rest.edge.refusal.EarlyAnswer;
import dev.kerbearer.rest.edge.refusal.Refusals;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Handles every request first: common headers, the {@link ShutdownDelay}, the spelling of the path, and checks that
 * need only the head. The {@link Admission} follows.
 *
 * <p>Routing uses the normalised path. A path that passes this handler is already normalised, so that later checks see
 * the same path as the router.
 */
@Singleton
public final class WireEdge {

    private static final int FAILURES_FIRST = 20_000;
    private static final int BEFORE_ROUTING = 1000;
    private static final int ONCE_SPELT_RIGHT = BEFORE_ROUTING - 1;
    private static final int ONCE_ADMITTED = ONCE_SPELT_RIGHT - 1;

    /** The path of the framework's own pages: the API description and, in development mode, its tools. */
    private static final String FRAMEWORK = "/q/";

    private final Faces faces;
    private final ShutdownDelay shutdown;
    private final Admission admission;
    private final Outcomes outcomes;
    private final long maxBodySize;

    WireEdge(
            Faces faces,
            ShutdownDelay shutdown,
            Admission admission,
            Outcomes outcomes,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") Optional<MemorySize> maxBodySize) {
        this.faces = faces;
        this.shutdown = shutdown;
        this.admission = admission;
        this.outcomes = outcomes;
        this.maxBodySize = maxBodySize.map(MemorySize::asLongValue).orElse(Long.MAX_VALUE);
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, BEFORE_ROUTING);
        filters.register(admission::handle, ONCE_SPELT_RIGHT);
        filters.register(WaitingRequest::hasItsPlace, ONCE_ADMITTED);
    }

    void register(@Observes Router router) {
        router.route().order(-FAILURES_FIRST).failureHandler(this::handleFailure);
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        begin(context);
        if (shutdown.isOver()) {
            Refusals.answerAtTheEdge(context, Refusal.shuttingDown());
            return;
        }
        Optional<HeadFault> fault = HeadFault.of(request);
        if (fault.isPresent()) {
            refuse(context, fault.get());
            return;
        }
        String path = Faces.pathOf(request);
        Call call = faces.at(path);
        if (announcesMoreThan(call == null ? maxBodySize : RequestMembers.MAX_BODY, request)) {
            Refusals.answerAtTheEdge(context, Refusal.bodyTooLarge(RequestMembers.MAX_BODY));
        } else if (call != null) {
            enter(context, call);
        } else {
            respell(context, path);
        }
    }

    /**
     * Stores the arrival once. A request that is routed again under another path has lost its headers, so its arrival
     * is stored again.
     */
    private void begin(RoutingContext context) {
        if (outcomes.follow(context)) {
            WatchedConnection.headHasArrived(context);
        }
        context.response().putHeader("X-Content-Type-Options", "nosniff");
        if (Arrival.of(context).clientUsesTls()) {
            context.response().putHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /**
     * Answers what the router refuses before any handler, and what a handler throws. Otherwise the framework answers
     * with a body of its own, and logs an error for each malformed request of a scanner.
     */
    void handleFailure(RoutingContext context) {
        if (context.response().headWritten() || context.failure() instanceof SecurityException) {
            context.next();
            return;
        }
        begin(context);
        Optional<HeadFault> fault = HeadFault.of(context.request());
        int status = context.statusCode();
        if (fault.isPresent()) {
            refuse(context, fault.get());
        } else if (status >= 400 && status < 500) {
            Refusals.answerAtTheEdge(
                    context,
                    status,
                    Refusal.noSuchCall(HttpResponseStatus.valueOf(status).reasonPhrase()),
                    Map.of());
        } else {
            Refusals.answerFaultAtTheEdge(context, context.failure());
        }
    }

    private static void refuse(RoutingContext context, HeadFault fault) {
        Refusals.answerAtTheEdge(context, fault.status(), fault.refusal(), Map.of());
    }

    /** Refuses what can be refused without reading the body. */
    private void enter(RoutingContext context, Call call) {
        HttpMethod method = context.request().method();
        if (call.takes(method)) {
            context.next();
        } else if (method.equals(HttpMethod.OPTIONS)) {
            context.response().putHeader(HttpHeaders.ALLOW, call.allow());
            EarlyAnswer.end(context, Buffer.buffer());
        } else {
            Refusals.answerAtTheEdge(
                    context,
                    405,
                    Refusal.noSuchCall("Method Not Allowed"),
                    Map.of(HttpHeaders.ALLOW.toString(), call.allow()));
        }
    }

    /**
     * Returns whether the announced length is over the limit. The body is then not read, even if the client waits for
     * {@code 100 Continue}. The HTTP/1.1 decoder has already refused a length that is not a number.
     */
    private static boolean announcesMoreThan(long limit, HttpServerRequest request) {
        @Nullable String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return announced != null && Long.parseLong(announced) > limit;
        } catch (NumberFormatException none) {
            return true;
        }
    }

    private void respell(RoutingContext context, String path) {
        String normalised = normalised(context);
        Call meant = faces.meantBy(normalised);
        if (meant != null) {
            String query = context.request().query();
            context.reroute(query == null ? meant.path() : meant.path() + "?" + query);
        } else if (isPlain(path, normalised) || normalised.startsWith(FRAMEWORK)) {
            context.next();
        } else {
            Refusals.answerAtTheEdge(context, 404, Refusal.noSuchCall("Not Found"), Map.of());
        }
    }

    /** Returns the path as the router sees it; empty if it has a malformed percent escape. */
    private static String normalised(RoutingContext context) {
        try {
            return context.normalizedPath();
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    /**
     * Returns whether the router, the resources and people read the path in the same way. The resources drop the text
     * after a semicolon.
     */
    private static boolean isPlain(String path, String normalised) {
        return path.equals(normalised) && path.indexOf('%') < 0 && path.indexOf(';') < 0;
    }
}
