package dev.kerbearer.rest.edge.refusal;

import dev.kerbearer.rest.edge.connection.RequestBody;
import dev.kerbearer.rest.edge.connection.WatchedConnection;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of an answer that is given before its request is there as a whole. What is still to come of it is nobody's: the
 * connection (HTTP/2: the stream) ends with the answer. It is read for a moment longer, since a client that is cut off
 * while it sends may never see the answer (RFC 9112 section 9.6). Where the connection has to make room it is closed as soon
 * as the answer is written: those that linger would fill what is kept for new ones.
 */
public final class EarlyAnswer {

    private static final long LINGER_MILLIS = Duration.ofSeconds(1).toMillis();

    /** Over HTTP/2: the request is not needed any further (RFC 9113 section 8.1). */
    private static final long NO_ERROR = 0;

    private EarlyAnswer() {}

    /** Ends the answer with that body. */
    public static void end(RoutingContext context, Buffer body) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        if (!RequestBody.isToCome(request)) {
            response.end(body);
        } else if (request.version() == HttpVersion.HTTP_2) {
            response.end(body).onComplete(sent -> response.reset(NO_ERROR));
        } else {
            response.putHeader("Connection", "close");
            endConnection(context, body);
        }
    }

    private static void endConnection(RoutingContext context, Buffer body) {
        HttpServerRequest request = context.request();
        HttpConnection connection = request.connection();
        @Nullable WatchedConnection watched = WatchedConnection.of(request);
        if (watched != null && watched.isMakingRoom()) {
            context.response().end(body).onComplete(sent -> connection.close());
            return;
        }
        if (watched != null) {
            watched.passesOver();
        }
        context.response()
                .end(body)
                .onComplete(sent -> context.vertx().setTimer(LINGER_MILLIS, over -> connection.close()));
        request.handler(passedOver -> {}).endHandler(end -> connection.close());
        request.resume();
    }
}
