package dev.kerbearer.rest.edge.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.concurrent.TimeUnit;

/**
 * Ends the HTTP/2 streams of answered requests if the rest of the request does not arrive. Otherwise the client could
 * keep the connection.
 */
final class AnsweredStreams extends Http2ConnectionAdapter {

    /** How long to wait for the end of a request that already has its answer. */
    private static final long LINGER_MILLIS = 1000;

    private final Http2ConnectionHandler streams;
    private final ChannelHandlerContext context;

    AnsweredStreams(Http2ConnectionHandler streams, ChannelHandlerContext context) {
        this.streams = streams;
        this.context = context;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    public void onStreamHalfClosed(Http2Stream stream) {
        if (isAnsweredOnly(stream)) {
            context.executor().schedule(() -> end(stream), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private void end(Http2Stream stream) {
        if (isAnsweredOnly(stream) && context.channel().isActive()) {
            // The rest of the request is not needed (RFC 9113 section 8.1).
            streams.resetStream(context, stream.id(), Http2Error.NO_ERROR.code(), context.newPromise());
            context.flush();
        }
    }

    private static boolean isAnsweredOnly(Http2Stream stream) {
        return stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL;
    }
}
