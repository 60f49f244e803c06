package dev.kerbearer.rest.edge.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.impl.VertxHandler;

/** Has requests that cannot be decoded answered by the same handler as others, in their turn. */
final class MalformedHeads extends ChannelInboundHandlerAdapter {

    private final Handler<HttpServerRequest> malformed;

    MalformedHeads(Handler<HttpServerRequest> malformed) {
        this.malformed = malformed;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && request.decoderResult().isFailure()) {
            VertxHandler<?> requests = context.pipeline().get(VertxHandler.class);
            if (requests != null && requests.getConnection() instanceof HttpServerConnection connection) {
                connection.invalidRequestHandler(malformed);
            }
        }
        context.fireChannelRead(message);
    }
}
