package dev.kerbearer.rest.edge.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Ignores requests to upgrade to HTTP/2 in clear text, as a server may (RFC 9110 section 7.8). This upgrade is
 * deprecated (RFC 9113 section 3.1). Vert.x never frees the body of a request with a malformed upgrade, and never
 * closes its connection. HTTP/2 over TLS, and in clear text with prior knowledge, works as before.
 */
final class NoUpgrade extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            // Vert.x looks for the header in the first request only.
            request.headers().remove(HttpHeaderNames.UPGRADE);
            context.pipeline().remove(this);
        }
        context.fireChannelRead(message);
    }
}
