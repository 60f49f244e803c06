package dev.kerbearer.rest.edge.connection;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.http.impl.Http1xUpgradeToH2CHandler;

/**
 * Ignores requests to upgrade to HTTP/2 in clear text, as a server may (RFC 9110 section 7.8). This upgrade is
 * deprecated (RFC 9113 section 3.1). Vert.x never frees the body of a request with a malformed upgrade, and never
 * closes its connection. HTTP/2 over TLS, and in clear text with prior knowledge, works as before.
 */
final class NoUpgrade extends ChannelInboundHandlerAdapter {

    /** The name of the handler that gets the requests when the protocol cannot change any more. */
    private static final String OF_REQUESTS = "handler";

    /**
     * Vert.x builds its pipeline when the first bytes arrive. This handler moves to the place where requests appear.
     */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            // Vert.x looks for the header in the first request only.
            request.headers().remove(HttpHeaderNames.UPGRADE);
            context.pipeline().remove(this);
        } else {
            moveOn(context.pipeline());
        }
        context.fireChannelRead(message);
    }

    private void moveOn(ChannelPipeline pipeline) {
        ChannelHandler upgrade = pipeline.get(Http1xUpgradeToH2CHandler.class);
        ChannelHandler detection = pipeline.get(Http1xOrH2CHandler.class);
        if (upgrade != null) {
            pipeline.addBefore(pipeline.context(upgrade).name(), null, new NoUpgrade());
            pipeline.remove(this);
        } else if (detection != null) {
            pipeline.addAfter(pipeline.context(detection).name(), null, new NoUpgrade());
            pipeline.remove(this);
        } else if (pipeline.get(OF_REQUESTS) != null) {
            pipeline.remove(this);
        }
    }
}
