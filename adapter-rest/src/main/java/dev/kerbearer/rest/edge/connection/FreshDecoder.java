package dev.kerbearer.rest.edge.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Replaces the HTTP/1 decoder of a connection after each request with a long header. Netty's decoder copies each line
 * into a buffer that only grows, so a connection would keep up to 128 KiB for a single large ticket. It would keep them
 * while its request waits, and while it is idle.
 */
final class FreshDecoder extends ChannelInboundHandlerAdapter {

    /** A decoder that has read a longer header is replaced, in characters. */
    private static final int LONG = 4 * 1024;

    private final Supplier<LimitedDecoder> decoders;

    /** Whether the current request has a long header. */
    private boolean isDue;

    private FreshDecoder(Supplier<LimitedDecoder> decoders, boolean isDue) {
        this.decoders = decoders;
        this.isDue = isDue;
    }

    /**
     * Puts the handler behind the decoder. Must be called while the connection's first request is on its way through
     * the pipeline, before the end of this request.
     *
     * @param decoders makes decoders
     * @param first the headers of the first request, which the decoder has already passed on
     */
    static void onEach(Channel connection, Supplier<LimitedDecoder> decoders, MultiMap first) {
        ChannelHandlerContext decoder = connection.pipeline().context(LimitedDecoder.class);
        if (decoder != null) {
            connection.pipeline().addAfter(decoder.name(), null, new FreshDecoder(decoders, hasLong(first)));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            isDue |= hasLong(request.headers());
        }
        if (message instanceof LastHttpContent end) {
            isDue |= hasLong(end.trailingHeaders());
            context.fireChannelRead(message);
            // After a malformed request, the old decoder drops everything that follows.
            if (isDue && end.decoderResult().isSuccess()) {
                isDue = false;
                replaceDecoder(context.pipeline());
            }
        } else {
            context.fireChannelRead(message);
        }
    }

    private static boolean hasLong(MultiMap headers) {
        return !(headers instanceof HttpHeaders http1) || hasLong(http1);
    }

    private static boolean hasLong(HttpHeaders headers) {
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            if (header.getKey().length() + header.getValue().length() > LONG) {
                return true;
            }
        }
        return false;
    }

    /**
     * Between two requests a decoder has no state except bytes that it has not looked at. It hands them to the next
     * handler when it is removed, which is then its replacement.
     */
    private void replaceDecoder(ChannelPipeline pipeline) {
        ChannelHandlerContext decoder = pipeline.context(LimitedDecoder.class);
        // A connection that is closed, or that is not HTTP any more, has none.
        if (decoder != null) {
            pipeline.replace(decoder.handler(), decoder.name(), decoders.get());
        }
    }
}
