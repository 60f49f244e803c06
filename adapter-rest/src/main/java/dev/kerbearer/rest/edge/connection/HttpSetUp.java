package dev.kerbearer.rest.edge.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xUpgradeToH2CHandler;

/**
 * Replaces the HTTP/1 decoder of a connection before it gets its first bytes, and adds {@link NoUpgrade} and
 * {@link MalformedHeads}. Vert.x makes the decoder late: after the header of the PROXY protocol, after the TLS
 * handshake, or once the first bytes are not those of HTTP/2. At each of these steps it adds handlers at the end of the
 * pipeline, and passes the next bytes on. This handler moves to the end before bytes pass. So it always gets the first
 * bytes before the decoder does.
 */
final class HttpSetUp extends ChannelInboundHandlerAdapter {

    /** The name of the handler that gets the requests after the protocol is fixed. */
    private static final String OF_REQUESTS = "handler";

    private final WatchedConnection connection;
    private final Handler<HttpServerRequest> malformed;

    /**
     * @param connection the connection of the pipeline
     * @param malformed answers requests that cannot be decoded
     */
    HttpSetUp(WatchedConnection connection, Handler<HttpServerRequest> malformed) {
        this.connection = connection;
        this.malformed = malformed;
    }

    /** If the protocol is known from the start, Vert.x has already made the decoder. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ChannelPipeline pipeline = context.pipeline();
        ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
        if (decoder != null) {
            setUp(pipeline, decoder);
            pipeline.remove(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ChannelPipeline pipeline = context.pipeline();
        ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
        if (decoder != null) {
            setUp(pipeline, decoder);
            pipeline.remove(this);
        } else if (pipeline.get(OF_REQUESTS) != null) {
            pipeline.remove(this);
        } else if (pipeline.last() != this) {
            pipeline.addLast(new HttpSetUp(connection, malformed));
            pipeline.remove(this);
        }
        context.fireChannelRead(message);
    }

    private void setUp(ChannelPipeline pipeline, ChannelHandlerContext decoder) {
        pipeline.replace(decoder.handler(), decoder.name(), connection.newDecoder());
        ChannelHandlerContext upgrade = pipeline.context(Http1xUpgradeToH2CHandler.class);
        if (upgrade == null) {
            pipeline.addBefore(OF_REQUESTS, null, new MalformedHeads(malformed, connection::isPassedOver));
        } else {
            pipeline.addBefore(upgrade.name(), null, new NoUpgrade());
            pipeline.addAfter(upgrade.name(), null, new MalformedHeads(malformed, connection::isPassedOver));
        }
    }
}
