package dev.kerbearer.rest.edge;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.connection.RequestBody;
import dev.kerbearer.rest.edge.connection.Unfinished;
import dev.kerbearer.rest.edge.connection.WatchedConnection;
import dev.kerbearer.rest.edge.members.RequestMembers;
import dev.kerbearer.rest.edge.refusal.Refusals;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body as it arrives, on the event loop. Otherwise a blocking call would read its body on a worker
 * thread, and a client that sends only half a body would block that thread. A request that does not arrive completely
 * is answered with 408.
 */
public final class RequestBuffering {

    /** One byte more than the limit, so that the call sees that the body is too long. */
    private static final int KEPT = RequestMembers.MAX_BODY + 1;

    /** The memory that a request uses besides its head and body while it is awaited, in bytes (an estimate). */
    private static final int OF_A_REQUEST = 8 * 1024;

    /**
     * How many copies of a head exist while its body is awaited: bytes, decoder, text, and the objects made from it.
     */
    private static final int COPIES_OF_A_HEAD = 4;

    private final RoutingContext context;
    private final int head;
    private final Runnable then;
    private volatile @Nullable Buffer body = Buffer.buffer();
    private final @Nullable WatchedConnection connection;
    private final @Nullable Unfinished unfinished;
    private boolean done;
    private boolean waitedFor;

    private RequestBuffering(RoutingContext context, int head, Runnable then) {
        this.context = context;
        this.head = head;
        this.then = then;
        this.connection = WatchedConnection.of(context.request());
        this.unfinished =
                connection == null ? null : new Body(connection, context.vertx().getOrCreateContext());
    }

    /** Continues when the whole request has arrived, or enough of it to know that it is too long. */
    static void of(RoutingContext context, Runnable then) {
        HttpServerRequest request = context.request();
        if (mayHaveBodyOfUnknownLength(request)) {
            // Treated as no body. Otherwise later handlers would wait for it on a worker, for as long as the client
            // likes.
            ((RoutingContextInternal) context).setBody(Buffer.buffer());
        }
        int head = WaitingRequest.sizeOfHead(request);
        if (request.isEnded() || RequestBody.isAbsent(request)) {
            WaitingRequest.of(context, head, then);
            return;
        }
        if (expectsContinue(request)) {
            context.response().writeContinue();
        }
        new RequestBuffering(context, head, then).begin();
    }

    /** An HTTP/1.0 client does not know interim answers, so its expectation is ignored (RFC 9110 section 10.1.1). */
    private static boolean expectsContinue(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_1_0
                && "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
    }

    /**
     * Returns whether an HTTP/2 request may have a body of unknown length. The body is then complete only when the
     * request has ended, and later handlers cannot take an HTTP/2 request that has ended.
     */
    private static boolean mayHaveBodyOfUnknownLength(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 && !request.isEnded() && RequestBody.isAbsent(request);
    }

    private void begin() {
        if (connection != null && unfinished != null) {
            waitedFor = true;
            connection.await(unfinished);
            unfinished.grow(OF_A_REQUEST + COPIES_OF_A_HEAD * head);
            context.addEndHandler(ended -> isNotWaitedFor());
        }
        context.request().handler(this::take).endHandler(end -> goOn());
        context.request().resume();
    }

    private void take(Buffer part) {
        Buffer all = body;
        if (done || all == null) {
            if (connection != null) {
                connection.partIsDropped();
            }
            return;
        }
        int taken = Math.min(KEPT - all.length(), part.length());
        all.appendBuffer(part, 0, taken);
        if (connection != null && unfinished != null) {
            connection.partHasArrived();
            unfinished.grow(taken);
        }
        if (all.length() == KEPT || isAllOfHttp2(all)) {
            goOn();
        }
    }

    private boolean isAllOfHttp2(Buffer all) {
        return context.request().version() == HttpVersion.HTTP_2
                && String.valueOf(all.length()).equals(context.request().getHeader(HttpHeaders.CONTENT_LENGTH));
    }

    private void goOn() {
        Buffer all = body;
        if (!done && all != null) {
            done = true;
            isNotWaitedFor();
            ((RoutingContextInternal) context).setBody(all);
            WaitingRequest.of(context, head + all.length(), then);
        }
    }

    private void isNotWaitedFor() {
        if (connection != null && unfinished != null && waitedFor) {
            waitedFor = false;
            connection.forget(unfinished);
        }
    }

    private void refuse(boolean toMakeRoom) {
        if (!done) {
            done = true;
            isNotWaitedFor();
            if (toMakeRoom && connection != null) {
                connection.makesRoom();
            }
            if (!context.response().ended() && !context.response().closed()) {
                Refusals.answerAtTheEdge(context, Refusal.requestIncomplete());
            }
        }
    }

    /** This request's body as an {@link Unfinished}. */
    private final class Body extends Unfinished {

        private final Context loop;

        Body(WatchedConnection connection, Context loop) {
            super(connection.unfinished());
            this.loop = loop;
        }

        /** Frees the body's memory at once, even if the event loop is busy before it answers. */
        @Override
        protected void drop(boolean toMakeRoom) {
            body = null;
            loop.runOnContext(turn -> refuse(toMakeRoom));
        }
    }
}
