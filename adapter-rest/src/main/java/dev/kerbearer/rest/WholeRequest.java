package dev.kerbearer.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/**
 * Reads a request's body as it comes, on the event loop. A call that waits on a worker thread reads its body there
 * otherwise, and a client that sends half of one would hold the thread.
 */
final class WholeRequest {

    /** One byte more than is read: enough for the call to see that the body is too long. */
    private static final int KEPT = RequestMembers.MAX_BODY + 1;

    private final RoutingContext context;
    private final Runnable then;
    private final Buffer body = Buffer.buffer();
    private boolean done;

    private WholeRequest(RoutingContext context, Runnable then) {
        this.context = context;
        this.then = then;
    }

    /** Goes on when the request is there as a whole, or so much of it that it is too long. */
    static void of(RoutingContext context, Runnable then) {
        HttpServerRequest request = context.request();
        if (mayHaveBodyOfUnknownLength(request)) {
            // Taken for none: what comes after would wait for it on a worker, for as long as the client likes.
            ((RoutingContextInternal) context).setBody(Buffer.buffer());
        }
        if (request.isEnded() || hasNoBody(request)) {
            then.run();
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        WholeRequest whole = new WholeRequest(context, then);
        request.handler(whole::take).endHandler(end -> whole.goOn());
        request.resume();
    }

    /** It could only be awaited to its end, and what comes after cannot take a request of HTTP/2 that has ended. */
    private static boolean mayHaveBodyOfUnknownLength(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 && !request.isEnded() && hasNoBody(request);
    }

    /** RFC 9112 section 6.3: without either of these headers a request of HTTP/1.1 ends with its head. */
    private static boolean hasNoBody(HttpServerRequest request) {
        return !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private void take(Buffer part) {
        if (done) {
            return;
        }
        int room = KEPT - body.length();
        body.appendBuffer(part, 0, Math.min(room, part.length()));
        if (body.length() == KEPT || isAllOfHttp2()) {
            goOn();
        }
    }

    private boolean isAllOfHttp2() {
        return context.request().version() == HttpVersion.HTTP_2
                && String.valueOf(body.length()).equals(context.request().getHeader(HttpHeaders.CONTENT_LENGTH));
    }

    private void goOn() {
        if (!done) {
            done = true;
            ((RoutingContextInternal) context).setBody(body);
            then.run();
        }
    }
}
