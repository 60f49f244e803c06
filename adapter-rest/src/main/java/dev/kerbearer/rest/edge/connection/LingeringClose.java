package dev.kerbearer.rest.edge.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Delays the close of a connection if its last request was not read to the end, and drops the rest of the request
 * meanwhile. If the connection closes while the client still sends, the client may never see the answer (RFC 9112
 * section 9.6).
 */
final class LingeringClose extends ChannelDuplexHandler {

    private static final long LINGER_MILLIS = 1000;

    private final BooleanSupplier restIsDropped;
    private boolean lingers;

    LingeringClose(BooleanSupplier restIsDropped) {
        this.restIsDropped = restIsDropped;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (lingers) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a caller that waits has the promise
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (!restIsDropped.getAsBoolean() || !context.channel().isActive()) {
            context.close(promise);
            return;
        }
        if (lingers) {
            // Vert.x closes a connection with a malformed request a second time. Only the first call sets the time of
            // the close.
            context.channel().closeFuture().addListener(closed -> promise.trySuccess());
            return;
        }
        lingers = true;
        // Without reading, the server does not notice that the client closes the connection.
        context.channel().config().setAutoRead(true);
        Future<?> end = context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(closed -> {
            end.cancel(false);
            promise.trySuccess();
        });
    }
}
