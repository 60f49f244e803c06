package dev.kerbearer.rest.edge.connection;

import dev.kerbearer.rest.edge.RequestBuffering;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.concurrent.TimeUnit;

/**
 * Watches the frames of an HTTP/2 connection. A complete frame (SETTINGS, PING, WINDOW_UPDATE and the like) begins no
 * request: a connection with only such frames is idle, not unfinished. No such frame may come within a header block
 * (RFC 9113 section 6.10), so no such frame renews the time of a trickling header block. {@link RequestBuffering}
 * handles parts of bodies.
 */
final class WatchedFrames extends Http2FrameListenerDecorator {

    /** How long to wait for the end of a request that already has its answer. */
    private static final long LINGER_MILLIS = 1000;

    private final Runnable isWhole;

    private WatchedFrames(Http2FrameListener listener, Runnable isWhole) {
        super(listener);
        this.isWhole = isWhole;
    }

    /**
     * Watches the frames from now on, on the connection's event loop.
     *
     * @param isWhole runs after each complete frame
     */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    static void of(Http2ConnectionHandler streams, ChannelHandlerContext context, Runnable isWhole) {
        streams.decoder().frameListener(new WatchedFrames(streams.decoder().frameListener(), isWhole));
        streams.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamHalfClosed(Http2Stream stream) {
                if (isAnsweredOnly(stream)) {
                    context.executor()
                            .schedule(() -> endStream(streams, context, stream), LINGER_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        });
    }

    /**
     * Ends the stream of an answered request if the rest of the request does not arrive. Otherwise the client could
     * keep the connection.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private static void endStream(Http2ConnectionHandler streams, ChannelHandlerContext context, Http2Stream stream) {
        if (isAnsweredOnly(stream) && context.channel().isActive()) {
            // The rest of the request is not needed (RFC 9113 section 8.1).
            streams.resetStream(context, stream.id(), Http2Error.NO_ERROR.code(), context.newPromise());
            context.flush();
        }
    }

    private static boolean isAnsweredOnly(Http2Stream stream) {
        return stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean endOfStream)
            throws Http2Exception {
        super.onHeadersRead(ctx, streamId, headers, padding, endOfStream);
        isWhole.run();
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int streamId,
            Http2Headers headers,
            int streamDependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        super.onHeadersRead(ctx, streamId, headers, streamDependency, weight, exclusive, padding, endOfStream);
        isWhole.run();
    }

    @Override
    public void onPriorityRead(
            ChannelHandlerContext ctx, int streamId, int streamDependency, short weight, boolean exclusive)
            throws Http2Exception {
        super.onPriorityRead(ctx, streamId, streamDependency, weight, exclusive);
        isWhole.run();
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) throws Http2Exception {
        super.onRstStreamRead(ctx, streamId, errorCode);
        isWhole.run();
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext ctx) throws Http2Exception {
        super.onSettingsAckRead(ctx);
        isWhole.run();
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) throws Http2Exception {
        super.onSettingsRead(ctx, settings);
        isWhole.run();
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
        super.onPingRead(ctx, data);
        isWhole.run();
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
        super.onPingAckRead(ctx, data);
        isWhole.run();
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int streamId, int windowSizeIncrement)
            throws Http2Exception {
        super.onWindowUpdateRead(ctx, streamId, windowSizeIncrement);
        isWhole.run();
    }

    @Override
    public void onUnknownFrame(
            ChannelHandlerContext ctx, byte frameType, int streamId, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        super.onUnknownFrame(ctx, frameType, streamId, flags, payload);
        isWhole.run();
    }
}
