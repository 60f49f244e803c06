package dev.kerbearer.rest.edge;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.connection.UnfinishedRequests;
import dev.kerbearer.rest.edge.connection.WatchedConnection;
import dev.kerbearer.rest.edge.refusal.Refusals;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A complete request that waits for its place. Its size counts until it gets a place, is refused or ends, so that a
 * queue of large requests does not fill the heap.
 */
final class WaitingRequest {

    private static final String KEY = WaitingRequest.class.getName();

    /** The memory that a header uses besides its characters, in bytes (an estimate). */
    private static final int OF_A_HEADER = 128;

    private final UnfinishedRequests all;
    private final AtomicInteger held;

    private WaitingRequest(UnfinishedRequests all, int held) {
        this.all = all;
        this.held = new AtomicInteger(held);
    }

    /**
     * Continues if there is room for a request of that size; otherwise answers that the service is busy.
     *
     * @param size the size of its head, as {@link #sizeOfHead} counts it, and of its body
     */
    static void of(RoutingContext context, int size, Runnable then) {
        @Nullable WatchedConnection connection = WatchedConnection.of(context.request());
        if (connection == null) {
            then.run();
            return;
        }
        UnfinishedRequests all = connection.unfinished();
        if (!all.keepComplete(size)) {
            Refusals.answerAtTheEdge(context, Refusal.overloaded());
            return;
        }
        WaitingRequest waiting = new WaitingRequest(all, size);
        context.put(KEY, waiting);
        context.addEndHandler(ended -> waiting.waitsNoLonger());
        then.run();
    }

    /** Notes that a call has got its place. */
    static void hasItsPlace(RoutingContext context) {
        @Nullable WaitingRequest waiting = context.get(KEY);
        if (waiting != null) {
            waiting.waitsNoLonger();
        }
        context.next();
    }

    private void waitsNoLonger() {
        all.releaseComplete(held.getAndSet(0));
    }

    /** Returns the memory that a head uses, in bytes (an estimate). */
    static int sizeOfHead(HttpServerRequest request) {
        int size = request.uri().length();
        Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> headers = headersOf(request);
        while (headers.hasNext()) {
            Map.Entry<? extends CharSequence, ? extends CharSequence> header = headers.next();
            size += OF_A_HEADER + header.getKey().length() + header.getValue().length();
        }
        return size;
    }

    /** Avoids the headers of HTTP/1.1 as strings, because that makes a string of each name. */
    private static Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> headersOf(
            HttpServerRequest request) {
        MultiMap headers = request.headers();
        return headers instanceof HttpHeaders http1 ? http1.iteratorCharSequence() : headers.iterator();
    }
}
