package dev.kerbearer.rest.edge.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.impl.VertxHandler;
import java.util.function.BooleanSupplier;

/**
 * Passes requests that cannot be decoded to the handler of all other requests, in the order of arrival. It drops
 * requests after an answer with {@code Connection: close} (RFC 9112 section 9.6). It also drops the incomplete request
 * that the decoder makes if a connection ends in the middle of a head.
 */
final class MalformedHeads extends ChannelInboundHandlerAdapter {

    private final Handler<HttpServerRequest> malformed;
    private final BooleanSupplier restIsDropped;
    private boolean isOver;

    /**
     * @param malformed answers requests that cannot be decoded
     * @param restIsDropped whether the connection ends with the current request
     */
    MalformedHeads(Handler<HttpServerRequest> malformed, BooleanSupplier restIsDropped) {
        this.malformed = malformed;
        this.restIsDropped = restIsDropped;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isOver || !context.channel().isActive()) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request && request.decoderResult().isFailure()) {
            VertxHandler<?> requests = context.pipeline().get(VertxHandler.class);
            if (requests != null && requests.getConnection() instanceof HttpServerConnection connection) {
                connection.invalidRequestHandler(malformed);
            }
        }
        boolean isEnd = message instanceof LastHttpContent;
        context.fireChannelRead(message);
        isOver |= isEnd && restIsDropped.getAsBoolean();
    }
}
