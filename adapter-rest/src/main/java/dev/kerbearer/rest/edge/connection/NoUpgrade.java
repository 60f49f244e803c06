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
 * Passes over the wish to go on with HTTP/2 in clear text, as a server may (RFC 9110 section 7.8); the way is deprecated
 * (RFC 9113 section 3.1). Vert.x never frees the body of a request that wishes so in a wrong form, and never closes its
 * connection. HTTP/2 under TLS, and in clear text by clients that know beforehand, is as ever.
 */
final class NoUpgrade extends ChannelInboundHandlerAdapter {

    /** The name of the handler that has requests already, where there is no choice left. */
    private static final String OF_REQUESTS = "handler";

    /** Vert.x puts its handlers together as the first bytes come; this follows them to where requests are. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            // Vert.x looks for it in the first request only.
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
