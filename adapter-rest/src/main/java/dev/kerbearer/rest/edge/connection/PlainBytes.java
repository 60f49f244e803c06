package dev.kerbearer.rest.edge.connection;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;

/** The handlers that watch the bytes of a connection as its decoder sees them: after decryption if there is TLS. */
record PlainBytes(WatchedConnection connection, ChannelPipeline pipeline) {

    /** Watches from the start, for HTTP/1 and HTTP/2, because the first request shows which of them it is. */
    void watch() {
        pipeline.addLast(headLines(), frames());
    }

    /**
     * Moves behind the TLS handler and ends the unfinished time after the handshake, which is not a request. The client
     * may then wait as on any connection.
     *
     * @return whether there is a TLS handler by now
     */
    boolean moveBehindTls() {
        ChannelHandlerContext tls = pipeline.context(SslHandler.class);
        if (tls == null) {
            return false;
        }
        remove(HeadLines.class);
        remove(WatchedFrames.class);
        pipeline.addAfter(tls.name(), null, headLines());
        pipeline.addAfter(tls.name(), null, frames());
        ((SslHandler) tls.handler())
                .handshakeFuture()
                .addListener(done -> connection.partial().end());
        return true;
    }

    void areHttp1() {
        remove(WatchedFrames.class);
    }

    /** A line feed in a frame ends no line. */
    void areHttp2() {
        remove(HeadLines.class);
    }

    private HeadLines headLines() {
        return new HeadLines(connection.partial());
    }

    private WatchedFrames frames() {
        return new WatchedFrames(connection);
    }

    /** The pipeline of a connection that is closed has no handlers any more. */
    private void remove(Class<? extends ChannelHandler> type) {
        ChannelHandler handler = pipeline.get(type);
        if (handler != null) {
            pipeline.remove(handler);
        }
    }
}
