package dev.kerbearer.rest.edge.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Closes a connection whose request is not read to its end only after a moment, in which it drops the rest. A client
 * that is cut off while it sends may never see the answer (RFC 9112 section 9.6).
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
            // Vert.x closes a connection with a malformed request once more. The first close decides when.
            context.channel().closeFuture().addListener(closed -> promise.trySuccess());
            return;
        }
        lingers = true;
        // Only a connection that is read notices that the client closes it.
        context.channel().config().setAutoRead(true);
        Future<?> end = context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(closed -> {
            end.cancel(false);
            promise.trySuccess();
        });
    }
}
