package dev.kerbearer.rest.edge.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ByteProcessor;

/**
 * Counts the headers of an HTTP/1 head while it is not complete. Netty's decoder keeps several objects for each header,
 * however short its line is, and has no limit on their number. This handler must see the bytes as the decoder does, so
 * its place is behind the TLS handler.
 */
final class HeadLines extends ChannelInboundHandlerAdapter {

    /** The memory that a header uses besides its bytes, in bytes (an estimate). */
    static final int OF_A_LINE = 256;

    private final Unfinished partial;

    HeadLines(Unfinished partial) {
        this.partial = partial;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            ByteBuf seen = bytes.retainedSlice();
            try {
                context.fireChannelRead(message);
                // A head that is complete has released its bytes by now, so it costs no search.
                if (partial.held() > 0) {
                    partial.grow(OF_A_LINE * lines(seen));
                }
            } finally {
                seen.release();
            }
        } else {
            context.fireChannelRead(message);
        }
    }

    private static int lines(ByteBuf bytes) {
        int lines = 0;
        int at = bytes.forEachByte(ByteProcessor.FIND_LF);
        while (at >= 0) {
            lines++;
            at = bytes.forEachByte(at + 1, bytes.writerIndex() - at - 1, ByteProcessor.FIND_LF);
        }
        return lines;
    }
}
