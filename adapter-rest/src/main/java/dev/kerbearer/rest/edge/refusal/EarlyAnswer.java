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
 * Ends an answer that is given before its whole request has arrived. The rest of the request is dropped, and the
 * connection (HTTP/2: the stream) ends with the answer. The rest is still read for a moment, because a client that is
 * cut off while sending may never see the answer (RFC 9112 section 9.6). A connection that must make room is closed as
 * soon as the answer is written: lingering connections would fill the reserve for new ones.
 */
public final class EarlyAnswer {

    private static final long LINGER_MILLIS = Duration.ofSeconds(1).toMillis();

    /** The HTTP/2 error code if the rest of the request is not needed (RFC 9113 section 8.1). */
    private static final long NO_ERROR = 0;

    private EarlyAnswer() {}

    /** Ends the answer with that body. */
    public static void end(RoutingContext context, Buffer body) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        if (isUndecoded(request)) {
            endConnection(context, body);
        } else if (!RequestBody.isToCome(request)) {
            response.end(body);
        } else if (request.version() == HttpVersion.HTTP_2) {
            response.end(body).onComplete(sent -> response.reset(NO_ERROR));
        } else {
            endConnection(context, body);
        }
    }

    /** After a head that cannot be decoded, nothing else on the connection can be decoded. */
    private static boolean isUndecoded(HttpServerRequest request) {
        return request.decoderResult() != null && request.decoderResult().isFailure();
    }

    private static void endConnection(RoutingContext context, Buffer body) {
        HttpServerRequest request = context.request();
        HttpConnection connection = request.connection();
        context.response().putHeader("Connection", "close");
        @Nullable WatchedConnection watched = WatchedConnection.of(request);
        if (watched != null && watched.isMakingRoom()) {
            context.response().end(body).onComplete(sent -> connection.close());
            return;
        }
        if (watched != null) {
            watched.passesOver();
        }
        context.response().end(body).onComplete(sent -> {
            if (watched == null) {
                context.vertx().setTimer(LINGER_MILLIS, over -> connection.close());
            } else {
                // The connection stays open for a moment, and the rest of the request is dropped (LingeringClose).
                connection.close();
            }
        });
        request.handler(passedOver -> {}).endHandler(end -> connection.close());
        request.resume();
    }
}
